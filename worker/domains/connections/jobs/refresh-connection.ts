import { z } from 'zod';
import { defineJob } from '../../../kernel/define-job.ts';
import { renewConnection } from '../renew-connection.ts';

export const refreshConnection = defineJob({
  name: 'refresh-connection',
  queue: 'job',
  input: z.object({ connectionId: z.string() }),
  async run(ctx, { connectionId }) {
    await renewConnection(ctx, connectionId);
  },
});
