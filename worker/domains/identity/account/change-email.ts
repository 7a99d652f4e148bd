import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { changeEmail as contract } from '#shared/contracts/account.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { holdPerson } from '../../../kernel/hold-person.ts';
import { queueMail } from '../../mail/index.ts';
import { emailKey } from '../email-key.ts';
import { issueLink, linkTo, wereEnoughSent } from '../links/one-time-tokens.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { ownUser } from './own-user.ts';

/** What a link of this kind carries: the new address, the one it takes the place of, and the session that asked. */
export interface NewEmail {
  email: string;
  instead: string;
  sessionId: string;
}

/**
 * Asks for another address: nothing changes before its link was used. The old address is told at once. An address that has an account gets
 * a mail that says so instead of the link, and the answer is the same.
 * @throws too_many after five in an hour: each is a mail to somebody who may not have asked for one
 */
export async function changeEmail(ctx: Context, { email }: BodyOf<typeof contract>): Promise<Record<string, never>> {
  const { userId, sessionId } = ctx.person();
  const user = await ownUser(ctx.ports, userId);
  if (emailKey(email) === user.emailKey)
    throw new AppError('invalid_input', 'This is your address already.', {
      fields: [{ path: 'email', message: 'Give another address than the one you have.', reason: 'same_email' }],
    });
  await ctx.transaction(async (tx) => {
    // Two wishes at once are granted one after the other, so that the hour's links are counted right.
    await holdPerson(tx.sql, userId);
    if (await wereEnoughSent(ctx.ports, tx.sql, userId, 'change_email'))
      throw new AppError('too_many', 'Five links were sent within the hour. Use the newest one, or try again later.', {
        reason: 'links_sent',
        retryAfterSeconds: 3_600,
      });
    const [taken] = await tx.sql
      .select({ id: users.id, name: users.name, locale: users.locale })
      .from(users)
      .where(eq(users.emailKey, emailKey(email)));
    const payload: NewEmail = { email, instead: user.emailKey, sessionId };
    const token = await issueLink(ctx.ports, tx.sql, { purpose: 'change_email', userId, payload });
    await queueMail(
      ctx,
      tx,
      taken
        ? {
            template: 'already_have_account',
            to: email,
            locale: taken.locale,
            userId: taken.id,
            data: { name: taken.name, link: new URL('/sign-in', ctx.ports.settings.APP_ORIGIN).href },
          }
        : {
            template: 'change_email',
            to: email,
            locale: user.locale,
            userId,
            data: { name: user.name, link: linkTo(ctx.ports, '/email-change', token) },
          },
    );
    await tx.audit('identity.email_change_asked', userId);
    await queueSecurityNotice(ctx, tx, user, 'email_change_asked');
  });
  return {};
}
