import { readSettings, type Env } from './env.ts';
import { createApp } from './http/create-app.ts';
import type { JobMessage } from './kernel/define-job.ts';
import { consume } from './queues/consume.ts';
import { schedule } from './queues/schedule.ts';

export { CallLimit } from './durable/call-limit.ts';
export { ProgressRoom } from './durable/progress-room.ts';
export { RateBudget } from './durable/rate-budget.ts';

const app = createApp();

export default {
  fetch: app.fetch,
  queue: (batch, env, execution) => consume(batch as MessageBatch<JobMessage>, env, readSettings(env), execution),
  scheduled: (controller, env, execution) => schedule(new Date(controller.scheduledTime), env, readSettings(env), execution),
} satisfies ExportedHandler<Env, unknown>;
