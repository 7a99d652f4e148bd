import type { PlanProblem as WireProblem } from '#shared/contracts/launches.ts';
import { checkPlan } from '#shared/rules/check-plan.ts';
import { adFingerprints } from '#shared/rules/fingerprint.ts';
import { expandPlan } from '#shared/rules/expand-plan.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { planHashInput } from '#shared/rules/normalise-plan.ts';
import { oversize } from '#shared/rules/plan-size.ts';
import { hasErrors } from '#shared/rules/plan-problem.ts';
import type { ExpandedPlan, PlanProblem } from '#shared/rules/planned-item.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Context } from '../../../kernel/context.ts';
import { checkAgainstFacts } from './check-against-facts.ts';
import { checkSpend } from './check-spend.ts';
import { findEarlierAds } from './earlier-ads.ts';
import { loadPlanFacts, type PlanFacts } from './plan-facts.ts';
import { planSchema } from './plan-schema.ts';

export interface ReadPlan {
  plan: Plan | null;
  planHash: string;
  facts: PlanFacts | null;
  expanded: ExpandedPlan | null;
  problems: WireProblem[];
  isSound: boolean;
  /** Of every ad, by item path. */
  fingerprints: ReadonlyMap<string, string>;
}

const NOTHING = { plan: null, planHash: '', facts: null, expanded: null, isSound: false, fingerprints: new Map<string, string>() };

/** A plan as it came in, checked by the same rules the browser used and by what only we know. Every finding at once. */
export async function readPlan(ctx: Context, raw: unknown): Promise<ReadPlan> {
  const parsed = planSchema.safeParse(raw);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue): WireProblem => ({
      severity: 'error',
      code: 'BAD_SHAPE',
      message: `${issue.path.join('.') || 'The plan'}: ${issue.message}`,
      fix: 'Correct this field; the plan format is documented with the launch builder.',
      row: null,
      column: null,
      itemPath: issue.path.join('.') || null,
    }));
    return { ...NOTHING, problems };
  }
  const plan = parsed.data;
  const bomb = oversize(plan);
  if (bomb) return { ...NOTHING, problems: [toWire(bomb)] };
  const facts = await loadPlanFacts(ctx, plan);
  const expanded = expandPlan(plan);
  const spend = facts.account ? await checkSpend(ctx, plan, facts.account.id, expanded.counts.dailyBudgetMinor) : [];
  const found = unique([...checkPlan(plan), ...expanded.problems, ...checkAgainstFacts(plan, facts, ctx.now()), ...spend]);
  const fingerprints = await fingerprintsOf(expanded);
  const earlier = facts.account ? await findEarlierAds(ctx, facts.account.id, fingerprints.values()) : [];
  return {
    plan,
    planHash: await sha256Hex(planHashInput(plan)),
    facts,
    expanded,
    problems: [...found.map(toWire), ...earlier],
    isSound: !hasErrors(found),
    fingerprints,
  };
}

async function fingerprintsOf({ items }: ExpandedPlan): Promise<Map<string, string>> {
  const ads = adFingerprints(items);
  return new Map(await Promise.all(ads.map(async ({ itemPath, input }): Promise<[string, string]> => [itemPath, await sha256Hex(input)])));
}

/** Two rules may see the same thing; a person should read it once. */
function unique(problems: PlanProblem[]): PlanProblem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const sign = `${problem.code} ${problem.path} ${problem.message}`;
    return !seen.has(sign) && seen.add(sign);
  });
}

/** A plan has no spreadsheet rows; its addresses are item paths and setting names. */
const toWire = ({ severity, code, message, fix, path }: PlanProblem): WireProblem => ({
  severity,
  code,
  message,
  fix,
  row: null,
  column: null,
  itemPath: path,
});
