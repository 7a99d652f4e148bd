import { adFingerprints } from './fingerprint.ts';
import type { Plan } from './launch-plan.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { PlannedItem, PlanProblem } from './planned-item.ts';

/**
 * The same ad twice in one ad set: they would bid against each other and halve what is learned. An error, unless the plan says why both are
 * wanted. The same ad in several ad sets of a plan is what a test matrix is for and is no finding.
 */
export function findDuplicates(plan: Plan, items: readonly PlannedItem[]): PlanProblem[] {
  const firsts = new Map<string, string>();
  const found: PlanProblem[] = [];
  for (const { itemPath, adSetPath, input } of adFingerprints(items)) {
    const sign = `${adSetPath}\n${input}`;
    const first = firsts.get(sign);
    if (first === undefined) firsts.set(sign, itemPath);
    else found.push(duplicate(plan.duplicatesReason, itemPath, first));
  }
  return found;
}

function duplicate(reason: string | null, itemPath: string, first: string): PlanProblem {
  if (reason === null)
    return planError(
      itemPath,
      'DUPLICATE_AD',
      `This ad is the same as ${first} in the same ad set: same media, texts and link.`,
      'Remove one of them, or say why both are wanted.',
      { first },
    );
  return planWarning(
    itemPath,
    'DUPLICATE_AD_ALLOWED',
    `This ad is the same as ${first} in the same ad set. Wanted, because: ${reason}`,
    'Nothing, if that is so.',
    { first, reason },
  );
}
