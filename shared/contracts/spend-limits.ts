import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { currency, instant, knownCurrency, minor } from './parts.ts';

const amount = minor.min(0).max(Number.MAX_SAFE_INTEGER).nullable();
const amounts = {
  /** A launch whose daily budgets together are above this needs a second person; null = none in this currency. */
  secondPersonAboveMinor: amount,
  /** Most that launches may have on a day on one ad account, and on all of this currency; null = no limit. */
  accountDailyMinor: amount,
  organizationDailyMinor: amount,
};
export const spendLimit = z.object({ currency, ...amounts, updatedBy: z.string(), updatedAt: instant });
export type SpendLimit = z.infer<typeof spendLimit>;

export const listSpendLimits = defineContract({
  method: 'GET',
  path: '/v1/spend-limits',
  access: { kind: 'member', permission: 'launches:write' },
  summary: 'What launches may spend, by currency',
  response: z.object({ limits: z.array(spendLimit) }),
});
/** All three null = no rules in this currency any more. */
export const setSpendLimit = defineContract({
  method: 'PUT',
  path: '/v1/spend-limits/:currency',
  access: { kind: 'member', permission: 'organization:write', stepUp: true },
  summary: 'Change what launches in one currency may spend',
  params: z.object({ currency: knownCurrency }),
  body: z.object(amounts),
  response: z.object({ limits: z.array(spendLimit) }),
});
