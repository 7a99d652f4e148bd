import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/privacy.ts';
import { startWorker, type Member, type TestWorker } from '../../../testing/harness.ts';
import { nodeContext } from '../../../testing/node-context.ts';
import { runDeletion } from '../jobs/run-deletion.ts';

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker();
});
afterAll(() => w.stop());

const rows = async (text: string, ...values: unknown[]) => (await w.db.query(text, values)).rows;
async function dueDeletion(member: Member): Promise<string> {
  await member.api.call(contracts.deleteOrganization, { body: { name: 'Test organization' } });
  const [request] = await rows(
    `update deletion_requests set due_at = now() - interval '1 second' where subject = $1 returning id`,
    member.organizationId,
  );
  return request.id;
}
/** Runs the job here, with storage that lets something happen in the middle of it. */
async function runHere(member: Member, requestId: string, meanwhile: () => Promise<void>): Promise<string[]> {
  const ctx = await nodeContext(w, member.organizationId);
  const deleted: string[] = [];
  const storage = {
    async list({ prefix }: { prefix: string }) {
      if (deleted.length === 0) await meanwhile();
      return { objects: deleted.includes(prefix) ? [] : [{ key: prefix }] };
    },
    delete: async (keys: string[]) => void deleted.push(...keys),
    put: async () => undefined,
  };
  Object.assign(ctx.ports.bindings, { MEDIA: storage, RAW: storage });
  try {
    await runDeletion.run(ctx, { requestId });
    return deleted;
  } finally {
    await ctx.close();
  }
}

test('a deletion that has begun cannot be taken back: nobody keeps an organization whose files are gone', async () => {
  const member = await w.signUp();
  const requestId = await dueDeletion(member);
  let kept = '';
  await runHere(member, requestId, async () => {
    kept = await member.api.call(contracts.keepOrganization, {}).then(
      () => 'kept',
      (error: { problem: { code: string } }) => error.problem.code,
    );
  });
  expect(kept).toBe('conflict');
  expect(await rows('select 1 from organizations where id = $1', member.organizationId)).toEqual([]);
});

test('taken back in the last moment, before it began, it deletes no file; also when both happen at once', async () => {
  const member = await w.signUp();
  const requestId = await dueDeletion(member);
  await member.api.call(contracts.keepOrganization, {});
  expect(await runHere(member, requestId, async () => undefined)).toEqual([]);
  expect((await rows('select 1 from organizations where id = $1', member.organizationId)).length).toBe(1);

  for (let n = 0; n < 6; n++) {
    const racer = await w.signUp();
    const id = await dueDeletion(racer);
    // The call has a way to go that the job here has not: a few milliseconds more or less decide who is first.
    const [keeping, running] = await Promise.allSettled([
      racer.api.call(contracts.keepOrganization, {}),
      new Promise((resolve) => setTimeout(resolve, 4 * n)).then(() => runHere(racer, id, async () => undefined)),
    ]);
    const isHere = (await rows('select 1 from organizations where id = $1', racer.organizationId)).length === 1;
    expect(running.status).toBe('fulfilled');
    expect(keeping.status === 'fulfilled', `kept ${isHere}`).toBe(isHere);
    if (isHere && running.status === 'fulfilled') expect(running.value).toEqual([]);
  }
});
