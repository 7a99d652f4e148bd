import type { SqlTransaction } from '../../../kernel/database.ts';
import { AppError } from '../../../kernel/errors.ts';
import { holdPerson } from '../../../kernel/hold-person.ts';
import type { User } from '../account/own-user.ts';

/**
 * Holds a person who just gave a factor, as they were when it was judged. A password takes long to judge: one that was changed meanwhile,
 * with all sessions ended, would otherwise open one more; and so would one judged before a second factor was switched on.
 * @throws not_signed_in
 */
export async function holdUnchanged(tx: SqlTransaction, judged: User): Promise<void> {
  const held = await holdPerson(tx, judged.id);
  const isSame =
    held?.passwordHash === judged.passwordHash &&
    held.emailKey === judged.emailKey &&
    held.totpEnabledAt?.getTime() === judged.totpEnabledAt?.getTime() &&
    held.disabledAt === null;
  if (!isSame)
    throw new AppError('not_signed_in', 'Your account was changed while you signed in. Sign in again.', {
      reason: 'account_changed',
    });
}
