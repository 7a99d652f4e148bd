import { breachesOf, type Breach, type SpendLimit } from '#shared/rules/spend-limits.ts';
import { formatMinor } from '#shared/rules/money.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { LaunchRow } from '../launch-facts.ts';
import { readLiveBudgets } from './live-budgets.ts';

/**
 * The limits of the account and of the organization, with this launch on besides what is on already.
 * @param limits read behind their lock: of two launches that want the last room, one gets it
 * @throws conflict naming the limit, what is on and what this launch wants
 */
export async function requireRoom(
  ctx: Context,
  tx: Tx,
  launch: Pick<LaunchRow, 'id' | 'accountId' | 'currency'>,
  dailyMinor: number,
  limits: readonly SpendLimit[],
): Promise<void> {
  if (!limits.some((limit) => limit.currency === launch.currency)) return;
  const live = await readLiveBudgets(ctx, launch.currency, launch.id, tx);
  const [breach] = breachesOf({ accountId: launch.accountId, currency: launch.currency, dailyMinor }, live, limits);
  if (!breach) return;
  const what = `${sayBreach(breach, launch.currency, dailyMinor)} Nothing was approved or switched on: lower its budgets, pause another launch, or ask an owner to change the limit.`;
  throw new AppError('conflict', what, {
    reason: breach.limit === 'account' ? 'above_account_limit' : 'above_organization_limit',
  });
}

/** "Launches on this ad account may have €100.00 a day on. €60.00 is on already, this launch wants €50.00." */
export function sayBreach({ limit, limitMinor, liveMinor }: Breach, currency: string, dailyMinor: number): string {
  const money = (minor: bigint | number) => formatMinor(BigInt(minor), currency, 'en');
  const whose = limit === 'account' ? 'this ad account' : `all accounts in ${currency}`;
  return `Launches on ${whose} may have ${money(limitMinor)} a day on. ${money(liveMinor)} is on already, this launch wants ${money(dailyMinor)}.`;
}
