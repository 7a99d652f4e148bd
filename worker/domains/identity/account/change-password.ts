import type { changePassword as contract } from '#shared/contracts/account.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../../kernel/context.ts';
import { hashPassword } from '../password/password.ts';
import { refuseWeakPassword } from '../password/refuse-weak-password.ts';
import { ownUser } from './own-user.ts';
import { setPassword } from './set-password.ts';

/** Sets or changes the password of who just proved who they are; they stay signed in here only. */
export async function changePassword(ctx: Context, { password }: BodyOf<typeof contract>): Promise<Record<string, never>> {
  const { userId, sessionId } = ctx.person();
  const user = await ownUser(ctx.ports, userId);
  await refuseWeakPassword(ctx.ports, password, user);
  const passwordHash = await hashPassword(password);
  await ctx.transaction((tx) => setPassword(ctx, tx, user, { passwordHash, what: 'password_changed', except: sessionId }));
  return {};
}
