import type { Plan } from '#shared/rules/launch-plan.ts';
import { planWarning } from '#shared/rules/plan-problem.ts';
import type { PlanProblem } from '#shared/rules/planned-item.ts';
import { breachesOf } from '#shared/rules/spend-limits.ts';
import type { Context } from '../../../kernel/context.ts';
import { readLiveBudgets } from '../limits/live-budgets.ts';
import { readLimits } from '../limits/read-limits.ts';
import { sayBreach } from '../limits/require-room.ts';

/**
 * Said early what the approval and the switch-on would refuse as things stand: the plan's budgets beside what is on. A warning, because what
 * is on today may be off then.
 */
export async function checkSpend(ctx: Context, plan: Plan, accountId: string, dailyMinor: number): Promise<PlanProblem[]> {
  const { currency } = plan.settings;
  const limits = (await readLimits(ctx)).filter((limit) => limit.currency === currency);
  if (limits.every((limit) => limit.accountDailyMinor === null && limit.organizationDailyMinor === null)) return [];
  const live = await readLiveBudgets(ctx, currency, null);
  return breachesOf({ accountId, currency, dailyMinor }, live, limits).map((breach) =>
    planWarning(
      'settings.dailyBudgetMinor',
      breach.limit === 'account' ? 'ABOVE_ACCOUNT_LIMIT' : 'ABOVE_ORGANIZATION_LIMIT',
      sayBreach(breach, currency, dailyMinor),
      'Lower the budgets, pause another launch, or ask an owner to change the limit.',
      { limit: breach.limitMinor, daily: dailyMinor },
    ),
  );
}
