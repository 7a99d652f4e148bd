import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noFaults } from '../../../sandbox/index.ts';
import { createContext } from '../../kernel/context.ts';
import { nodeContext, type NodeContext } from '../../testing/node-context.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { queueMail } from './index.ts';
import { sendMail } from './jobs/send-mail.ts';

let w: TestWorker;
let ctx: NodeContext;
beforeAll(async () => {
  w = await startWorker();
  ctx = await nodeContext(w, 'none');
});
afterAll(async () => {
  await ctx.close();
  await w.stop();
});

/** A mail that waits; the context's queue only records, so nothing runs by itself. */
async function queued(to = `reader-${randomBytes(4).toString('hex')}@example.com`): Promise<{ id: string; to: string }> {
  await ctx.transaction((tx) =>
    queueMail(ctx, tx, {
      template: 'magic_link',
      to,
      locale: 'fr',
      data: { name: 'R', link: 'https://app.inlay.test/sign-in/link#itl_x', place: null, device: null },
    }),
  );
  const last = ctx.queued.at(-1);
  if (!last) throw new Error('Nothing was queued.');
  return { id: (last.input as { mailId: string }).mailId, to };
}
const row = async (id: string) => (await w.db.query('select * from mails where id = $1', [id])).rows[0];
const inbox = (to: string) => w.sandbox.mailbox.mails.filter((mail) => mail.to.includes(to));
/** One delivery of the message; what it throws, by name. */
const deliver = (id: string, as = ctx) =>
  sendMail.run(as, { mailId: id }).then(
    () => 'done',
    (error: Error) => error.name,
  );
const makeDue = (id: string) => w.db.query(`update mails set next_attempt_at = now() - interval '1 second' where id = $1`, [id]);

test('a mail is sent in the language of its reader, and address and data are forgotten', async () => {
  const { id, to } = await queued();
  expect(await deliver(id)).toBe('done');
  expect(await row(id)).toMatchObject({ state: 'sent', sealed: null, attempts: 1, last_error: null, next_attempt_at: null });
  expect(inbox(to)).toMatchObject([{ subject: 'Votre lien de connexion', from: 'Inlay <hello@inlay.test>' }]);
  expect(inbox(to)[0]?.html).toContain('<html lang="fr"');
});

test('ten deliveries of one message send one mail', async () => {
  const { id, to } = await queued();
  await Promise.all(Array.from({ length: 10 }, () => deliver(id)));
  expect(inbox(to)).toHaveLength(1);
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 });
});

test('a provider that throttles, fails or says nothing is asked again later, under the same key: one mail', async () => {
  const { id, to } = await queued();
  w.sandbox.setFaults({ ...noFaults(), throttle: 1, only: ['mailbox'] });
  expect(await deliver(id)).toBe('RunAgainLater');
  expect(await row(id)).toMatchObject({ state: 'queued', attempts: 1, last_error: 'throttled rate_limit_exceeded' });
  expect(await deliver(id), 'before its time nobody takes it up').toBe('done');
  expect((await row(id)).attempts).toBe(1);
  // Taken, and the answer was lost.
  w.sandbox.setFaults({ ...noFaults(), answerLost: 1, only: ['mailbox'] });
  await makeDue(id);
  expect(await deliver(id)).toBe('RunAgainLater');
  expect(inbox(to)).toHaveLength(1);
  w.sandbox.setFaults(noFaults());
  await makeDue(id);
  expect(await deliver(id)).toBe('done');
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 3 });
  expect(inbox(to)).toHaveLength(1);
});

test('an address the provider refuses is given up at once, with the reason', async () => {
  const { id, to } = await queued(`refused+${randomBytes(4).toString('hex')}@example.com`);
  expect(await deliver(id)).toBe('done');
  expect(await row(id)).toMatchObject({ state: 'failed', sealed: null, attempts: 1, last_error: 'refused validation_error' });
  expect(inbox(to)).toEqual([]);
});

test('after twelve tries a mail is given up; one that is older than its link is not sent', async () => {
  const tired = await queued();
  await w.db.query(`update mails set attempts = 11 where id = $1`, [tired.id]);
  w.sandbox.setFaults({ ...noFaults(), error500: { p: 1, appliedShare: 0 }, only: ['mailbox'] });
  expect(await deliver(tired.id)).toBe('done');
  w.sandbox.setFaults(noFaults());
  expect(await row(tired.id)).toMatchObject({ state: 'failed', sealed: null, attempts: 12, last_error: 'unknown internal_server_error' });

  const late = await queued();
  await w.db.query(`update mails set created_at = now() - interval '16 minutes' where id = $1`, [late.id]);
  expect(await deliver(late.id)).toBe('done');
  expect(await row(late.id)).toMatchObject({ state: 'failed', sealed: null, last_error: 'too_late' });
  expect(inbox(late.to)).toEqual([]);
});

test("a mail whose message was lost is found by the minute's cron", async () => {
  const { id, to } = await queued();
  await w.db.query(`update mails set created_at = now() - interval '1 minute' where id = $1`, [id]);
  await w.runCron();
  await w.until('the mail came', async () => inbox(to).length === 1);
  await w.until('and is done', async () => (await row(id)).state === 'sent');
});

test('Postmark knows no idempotency key: a mail that may have been taken is looked for before it is sent again', async () => {
  const { ports } = ctx;
  const byPostmark = Object.assign(
    createContext({ ...ports, settings: { ...ports.settings, MAIL_PROVIDER: 'postmark' } }, 'none', { kind: 'job', job: 'test' }),
    { close: ctx.close, queued: ctx.queued },
  );
  const { id, to } = await queued();
  w.sandbox.setFaults({ ...noFaults(), answerLost: 1, only: ['mailbox'] });
  expect(await deliver(id, byPostmark)).toBe('RunAgainLater');
  w.sandbox.setFaults(noFaults());
  await makeDue(id);
  expect(await deliver(id, byPostmark)).toBe('done');
  expect(inbox(to)).toMatchObject([{ metadata: { 'inlay-mail': id } }]);
  expect(await row(id)).toMatchObject({ state: 'sent', provider_id: inbox(to)[0]?.id });
  const refused = await queued(`refused+${randomBytes(4).toString('hex')}@example.com`);
  await deliver(refused.id, byPostmark);
  expect(await row(refused.id)).toMatchObject({ state: 'failed', last_error: 'refused 406' });
});
