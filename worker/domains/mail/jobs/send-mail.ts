import { and, eq } from 'drizzle-orm';
import { mails } from '#schema/index.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { mailPlace, sendMailRef } from '../queue-mail.ts';
import { renderMail } from '../render-mail.ts';
import { MAIL_TEMPLATES, type MailTemplate } from '../mail.ts';

/** Hands a mail to the provider under its own id as idempotency key, then forgets address and data. A mail that is no longer queued is left alone. */
export const sendMail = defineJob({
  ...sendMailRef,
  async run(ctx, { mailId }) {
    const mine = and(eq(mails.id, mailId), eq(mails.organizationId, ctx.organizationId));
    const [mail] = await ctx.read((q) => q.select().from(mails).where(mine));
    if (!mail || mail.state !== 'queued' || mail.sealed === null) return;
    const { to, data } = JSON.parse(await ctx.ports.keyRing.unseal(mailPlace(ctx.organizationId, mailId), mail.sealed)) as {
      to: string;
      data: unknown;
    };
    const template = mail.template as MailTemplate;
    const words = renderMail(template, mail.locale, MAIL_TEMPLATES[template].parse(data) as never);
    const answer = await ctx.ports.outside('https://api.resend.com/emails', {
      method: 'POST',
      headers: { authorization: 'Bearer sandbox-mail', 'content-type': 'application/json', 'idempotency-key': mailId },
      body: JSON.stringify({ from: 'Inlay <hello@inlay.test>', to: [to], ...words }),
    });
    if (!answer.ok) throw new Error(`The mail provider answered ${answer.status}.`);
    const { id } = (await answer.json()) as { id: string };
    await ctx.read((q) => q.update(mails).set({ state: 'sent', sealed: null, providerId: id, sentAt: ctx.now() }).where(mine));
  },
});
