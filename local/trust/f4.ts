import { createApiClient } from '#shared/api-client/create-api-client.ts';
import * as operations from '#shared/contracts/operations.ts';
import { demoMember, DEMO } from '../demo-member.ts';
import { until } from '../until.ts';
import type { TrustRow } from './trust-row.ts';

const MESSAGES = 2_000;

/** Work that no job takes, of every shape that a message has, and how long until all of it lies in Postgres; then it is replayed three times at once. */
export const deadLetters: TrustRow = {
  row: 'F4',
  promise: 'every message that failed for good is in Postgres within a minute, with cause and pointer; to replay thrice is to replay once',
  async run({ stack, scaled, say }) {
    const member = await demoMember(stack);
    const organizationId = member.me.organization?.id;
    if (organizationId === undefined) throw new Error('The demo owner has an organization.');
    const messages = scaled(MESSAGES);
    const queue = await stack.worker.mf.getQueueProducer('JOB_QUEUE');
    const shapes = [
      (n: number) => ({ job: 'gone-with-ids', organizationId, input: { personId: `per_${n}` } }),
      (n: number) => ({ job: 'gone-with-pointer', organizationId: '', input: { key: `pending/meta/page/${n}` } }),
      (n: number) => ({
        job: 'gone-with-body',
        organizationId: '',
        input: { body: Buffer.from(`{"n":${n}}`).toString('base64'), headers: {} },
      }),
    ];
    const started = performance.now();
    for (let n = 0; n < messages; n += 50)
      await queue.sendBatch(
        Array.from({ length: Math.min(50, messages - n) }, (_, i) => ({
          body: { v: 1, ...(shapes[(n + i) % shapes.length] as (typeof shapes)[number])(n + i) },
        })),
      );
    const count = async (where: string) =>
      Number((await stack.query<{ n: string }>(`select count(*) as n from dead_letters where ${where}`))[0]?.n);
    await until('every message is in Postgres', async () => (await count(`job like 'gone-with-%'`)) >= messages, 120_000);
    const seconds = (performance.now() - started) / 1000;
    const stored = await count(`job like 'gone-with-%'`);
    const complete = await count(
      `job like 'gone-with-%' and cause <> '' and fingerprint <> '' and (input ? 'personId' or input ? 'key' or input->>'sealed' like 'v2.%')`,
    );
    say(`${stored} letters after ${seconds.toFixed(1)} s`);

    // A letter whose job exists: its effect is one seal of the audit log.
    // Now, and not earlier: on a fast machine the first row to be sealed is younger than a second.
    const until_ = new Date().toISOString();
    await stack.query(
      `insert into dead_letters (id, organization_id, job, input, cause, fingerprint, attempts) values ('dlt_replay', $1, 'seal-audit', $2, 'Error: lost', 'seal-audit|lost', 8)`,
      [organizationId, JSON.stringify({ until: until_ })],
    );
    await stack.query(`update users set is_staff = true where email = $1`, [DEMO.email]);
    const staff = createApiClient({ origin: stack.origin, fetch, authorize: async () => ({ authorization: `Bearer ${member.token()}` }) });
    const replays = await Promise.all([1, 2, 3].map(() => staff.call(operations.replayDeadLetters, { body: { id: 'dlt_replay' } })));
    const seals = async () =>
      Number(
        (
          await stack.query<{ n: string }>('select count(*) as n from audit_seals where organization_id = $1 and until_at = $2', [
            organizationId,
            until_,
          ])
        )[0]?.n,
      );
    await until('the replay takes effect', async () => (await seals()) > 0, 60_000);
    const again = await staff.call(operations.replayDeadLetters, { body: { id: 'dlt_replay' } });
    const figures = {
      messages,
      stored,
      withCauseAndPointer: complete,
      seconds: Math.round(seconds * 10) / 10,
      replaysAsked: 4,
      replaysSent: replays.reduce((sum, one) => sum + one.count, 0) + again.count,
      effects: await seals(),
    };
    return {
      ok: stored === messages && complete === messages && seconds < 60 && figures.replaysSent === 1 && figures.effects === 1,
      figures,
    };
  },
};
