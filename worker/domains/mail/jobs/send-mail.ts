import { and, count, eq, gt, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
import { mails } from '#schema/index.ts';
import { fromBase64, hmacSha256, toHex } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { defineJob, RunAgainLater } from '../../../kernel/define-job.ts';
import { mailPlatform } from '../../../platforms/mail/registry.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { LIFE_MINUTES, MAIL_TEMPLATES, MOST_AN_HOUR, MOST_TO_A_STRANGER, type MailTemplate } from '../mail.ts';
import { mailPlace, sendMailRef } from '../queue-mail.ts';
import { renderMail } from '../render-mail.ts';

type Row = typeof mails.$inferSelect;

/** Longer than one call of a provider may take: who took a mail up and vanished holds it no longer than this. */
const CLAIM_MS = 120_000;
/** Seconds before the next try; together below the 24 hours for which a provider knows our key. */
const PAUSES = [10, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400] as const;

/**
 * Hands a mail to the provider under its own id, then forgets address and data. Of two deliveries of the same message one takes the mail
 * up, by compare-and-set; what the provider may have taken without saying so is not taken a second time, because it knows the id.
 */
export const sendMail = defineJob({
  ...sendMailRef,
  async run(ctx, { mailId }) {
    const mail = await claim(ctx, mailId);
    if (!mail) return;
    const template = mail.template as MailTemplate;
    if (ctx.now().getTime() > mail.createdAt.getTime() + LIFE_MINUTES[template] * 60_000) return giveUp(ctx, mail, 'too_late');
    if (await isOneTooMany(ctx, mail)) return giveUp(ctx, mail, TOO_MANY);
    const { to, data } = JSON.parse(await ctx.ports.keyRing.unseal(mailPlace(ctx.organizationId, mailId), mail.sealed as string)) as {
      to: string;
      data: unknown;
    };
    if (await isMailboxFull(ctx, mail, to)) return giveUp(ctx, mail, TOO_MANY);
    const words = renderMail(template, to, mail.locale, MAIL_TEMPLATES[template].parse(data) as never);
    const { MAIL_PROVIDER, MAIL_API_KEY, MAIL_FROM } = ctx.ports.settings;
    try {
      const providerId = await mailPlatform(MAIL_PROVIDER).send(
        ctx.ports.outside,
        MAIL_API_KEY,
        { id: mailId, from: MAIL_FROM, to, ...words },
        mail.attempts > 1,
      );
      await end(ctx, mail, { state: 'sent', providerId, lastError: null, sentAt: ctx.now() });
      ctx.log.info('mail', { outcome: 'sent', template, attempt: mail.attempts });
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      const said = `${error.failure} ${error.detail.code ?? ''}`.trim();
      const pause = PAUSES[mail.attempts - 1];
      if (error.failure === 'refused' || pause === undefined) return giveUp(ctx, mail, said);
      const seconds = Math.max(pause, error.detail.retryAfterSeconds ?? 0);
      await ctx.read((q) =>
        q
          .update(mails)
          .set({ lastError: said, nextAttemptAt: new Date(ctx.now().getTime() + seconds * 1000) })
          .where(own(ctx, mail)),
      );
      ctx.log.warn('mail', { outcome: 'again', template, attempt: mail.attempts, code: said });
      throw new RunAgainLater(seconds + 1);
    }
  },
});

const TOO_MANY = 'too_many';

/**
 * Anybody can have some mails sent to somebody else: their number an hour has an end. Judged here and not where the mail is asked for, so
 * that neither the answer there nor its time tells whether the address has an account. The earlier ones go first, however many are sent at once.
 */
async function isOneTooMany(ctx: Context, mail: Row): Promise<boolean> {
  const most = MOST_AN_HOUR[mail.template as MailTemplate];
  if (most === undefined || mail.userId === null) return false;
  const [earlier] = await ctx.read((q) =>
    q
      .select({ n: count() })
      .from(mails)
      .where(
        and(
          eq(mails.organizationId, ctx.organizationId),
          eq(mails.userId, mail.userId as string),
          eq(mails.template, mail.template),
          gt(mails.createdAt, new Date(mail.createdAt.getTime() - 3_600_000)),
          or(lt(mails.createdAt, mail.createdAt), and(eq(mails.createdAt, mail.createdAt), lt(mails.id, mail.id))),
          or(isNull(mails.lastError), ne(mails.lastError, TOO_MANY)),
        ),
      ),
  );
  return earlier === undefined || earlier.n >= most;
}

/**
 * The same for addresses that nobody has proven yet: whoever they are, and whoever asks. Counted under a keyed hash that is forgotten with
 * its hour. A mail is counted when it is first taken up; a counter that cannot be reached lets it through.
 */
async function isMailboxFull(ctx: Context, { template, attempts }: Row, to: string): Promise<boolean> {
  const most = MOST_TO_A_STRANGER[template as MailTemplate];
  if (most === undefined || attempts > 1) return false;
  const { CALL_LIMIT } = ctx.ports.bindings;
  const mailbox = toHex(await hmacSha256(fromBase64(ctx.ports.settings.CLICK_KEY), `mailbox|${mailboxOf(to)}`));
  try {
    return (await CALL_LIMIT.get(CALL_LIMIT.idFromName(mailbox)).take(`mail|${template}`, most, 3_600_000)) > 0;
  } catch (error) {
    ctx.log.error('mail.not_counted', error, { template });
    return false;
  }
}

/** For counting only: what stands behind '+' comes to the same mailbox nearly everywhere. */
const mailboxOf = (address: string): string =>
  address
    .trim()
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\+[^@]*/, '');

/** Takes the mail up for some time; null when somebody else has it, or it is done. */
async function claim(ctx: Context, mailId: string): Promise<Row | null> {
  const now = ctx.now();
  const [mail] = await ctx.read((q) =>
    q
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1`, nextAttemptAt: new Date(now.getTime() + CLAIM_MS) })
      .where(
        and(
          eq(mails.id, mailId),
          eq(mails.organizationId, ctx.organizationId),
          eq(mails.state, 'queued'),
          or(isNull(mails.nextAttemptAt), lte(mails.nextAttemptAt, now)),
        ),
      )
      .returning(),
  );
  return mail ?? null;
}

/** Only while it is this attempt's: a mail that was taken up again since is the other's. */
const own = (ctx: Context, { id, attempts }: Row) =>
  and(eq(mails.id, id), eq(mails.organizationId, ctx.organizationId), eq(mails.state, 'queued'), eq(mails.attempts, attempts));

async function end(ctx: Context, mail: Row, outcome: Partial<Row>): Promise<void> {
  await ctx.read((q) =>
    q
      .update(mails)
      .set({ ...outcome, sealed: null, nextAttemptAt: null })
      .where(own(ctx, mail)),
  );
}

async function giveUp(ctx: Context, mail: Row, why: string): Promise<void> {
  await end(ctx, mail, { state: 'failed', lastError: why });
  ctx.log.warn('mail', { outcome: 'failed', template: mail.template, attempt: mail.attempts, code: why });
}
