import { eq } from 'drizzle-orm';
import { users } from '#schema/index.ts';
import type { Account, updateAccount as contract } from '#shared/contracts/account.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Context } from '../../../kernel/context.ts';
import { loadAccount } from './load-account.ts';

/** Changes what is given: name, language. */
export async function updateAccount(ctx: Context, { name, locale }: BodyOf<typeof contract>): Promise<Account> {
  const { userId } = ctx.person();
  const change = { ...(name === undefined ? {} : { name }), ...(locale === undefined ? {} : { locale }) };
  if (Object.keys(change).length > 0)
    await ctx.transaction(async (tx) => {
      await tx.sql.update(users).set(change).where(eq(users.id, userId));
      await tx.audit('identity.update_account', userId, { changed: Object.keys(change) });
    });
  return loadAccount(ctx);
}
