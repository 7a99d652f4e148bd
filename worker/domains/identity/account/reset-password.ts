import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { resetPassword as contract } from '#shared/contracts/identity.ts';
import type { Ports } from '../../../kernel/context.ts';
import { actingPerson } from '../acting-person.ts';
import { linkIsGone, ownerOfLink, useLink } from '../links/one-time-tokens.ts';
import { hashPassword } from '../password/password.ts';
import { refuseWeakPassword } from '../password/refuse-weak-password.ts';
import { ownUser } from './own-user.ts';
import { setPassword } from './set-password.ts';

/** A new password by the link of a mail. A password that is refused leaves the link good; one that is taken ends every session. */
export async function resetPassword(ports: Ports, { token, password }: BodyOf<typeof contract>): Promise<Record<string, never>> {
  const user = await ownUser(ports, await ownerOfLink(ports, 'reset_password', token));
  if (user.disabledAt) throw linkIsGone();
  await refuseWeakPassword(ports, password, user);
  const [passwordHash, ctx] = await Promise.all([hashPassword(password), actingPerson(ports, user.id)]);
  await ctx.transaction(async (tx) => {
    await useLink(ports, tx.sql, 'reset_password', token);
    await setPassword(ctx, tx, user, { passwordHash, what: 'password_reset' });
  });
  return {};
}
