import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as privacy from '#shared/contracts/privacy.ts';
import type { Env } from '../env.ts';
import type { JobMessage } from '../kernel/define-job.ts';
import { startWorker, type Member, type TestWorker } from '../testing/harness.ts';
import { nodeContext, type NodeContext } from '../testing/node-context.ts';
import { consume } from './consume.ts';

// Jobs are run here in Node, where the Worker's way to load a module of bytes does not exist.
vi.mock('@phi-ag/argon2/argon2.wasm', () => ({ default: {} }));

let w: TestWorker;
let member: Member;
let ctx: NodeContext;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  ctx = await nodeContext(w, member.organizationId);
});
afterAll(async () => {
  await ctx.close();
  await w.stop();
});

/** One delivery of a job to a Worker whose storage takes nothing. */
async function deliver(queue: string, body: JobMessage, attempts: number): Promise<string> {
  let did = 'nothing';
  const pending: Promise<unknown>[] = [];
  const message = { id: '1', timestamp: new Date(), attempts, body, ack: () => void (did = 'ack'), retry: () => void (did = 'retry') };
  const execution = { waitUntil: (work: Promise<unknown>) => void pending.push(work), passThroughOnException: () => undefined };
  await consume(
    { queue, messages: [message] } as unknown as MessageBatch<JobMessage>,
    ctx.ports.bindings as unknown as Env,
    ctx.ports.settings,
    execution as unknown as ExecutionContext,
  );
  await Promise.allSettled(pending);
  return did;
}
const stateOf = async (id: string) =>
  (await member.api.call(privacy.listOrganizationExports, {})).exports.find((one) => one.id === id)?.state;

test('a copy whose last try failed says so to who waits for it; another may be asked for, and a replay makes this one', async () => {
  for (const [n, [queue, attempts]] of (
    [
      ['inlay-job', 8],
      ['inlay-dead', 1],
    ] as const
  ).entries()) {
    const id = `exp_givenup${n}`;
    await w.db.query(
      `insert into data_exports (id, organization_id, kind, requested_by, state) values ($1, $2, 'organization', $3, 'queued')`,
      [id, member.organizationId, member.userId],
    );
    const body: JobMessage = { v: 1, job: 'make-copy', organizationId: member.organizationId, input: { exportId: id } };
    if (queue === 'inlay-job') {
      expect(await deliver(queue, body, 1)).toBe('retry');
      expect(await stateOf(id)).toBe('queued');
    }
    expect(await deliver(queue, body, attempts)).toBe('ack');
    expect(await stateOf(id)).toBe('failed');
    expect((await w.db.query(`select job from dead_letters where input->>'exportId' = $1`, [id])).rows).toEqual([{ job: 'make-copy' }]);
    // The next one is not kept waiting by it.
    const again = await member.api.call(privacy.exportOrganization, {});
    await w.until('the next copy', async () => (await stateOf(again.id)) === 'ready');
    // What storage would not take it takes now.
    await (await w.mf.getQueueProducer('JOB_QUEUE')).send(body);
    await w.until('the replayed copy', async () => (await stateOf(id)) === 'ready');
  }
});
