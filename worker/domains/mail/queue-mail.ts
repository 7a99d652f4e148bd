import { z } from 'zod';
import { mails } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { JobRef } from '../../kernel/define-job.ts';
import type { MailData, MailTemplate } from './mail.ts';

export const sendMailRef: JobRef<{ mailId: string }> = { name: 'send-mail', queue: 'mail', input: z.object({ mailId: z.string() }) };

export interface Mail<T extends MailTemplate> {
  template: T;
  to: string;
  locale: string;
  data: MailData<T>;
  /** The person it is for, when they have an account. */
  userId?: string;
}

/** Asks for a mail inside the caller's transaction; it is sent after the commit, and again until the provider took it. */
export async function queueMail<T extends MailTemplate>(
  ctx: Context,
  tx: Tx,
  { template, to, locale, data, userId }: Mail<T>,
): Promise<void> {
  const id = ctx.newId('eml');
  await tx.sql.insert(mails).values({
    id,
    organizationId: ctx.organizationId,
    userId: userId ?? null,
    template,
    locale,
    state: 'queued',
    sealed: await ctx.ports.keyRing.seal(mailPlace(ctx.organizationId, id), JSON.stringify({ to, data })),
    createdAt: ctx.now(),
  });
  await tx.enqueue(sendMailRef, { mailId: id });
}

export const mailPlace = (organizationId: string, id: string) => ({ organizationId, table: 'mails', column: 'sealed', row: id });
