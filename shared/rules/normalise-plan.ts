import { canonicalJson } from './canonical-json.ts';
import { compareKeys } from './keys.ts';
import type { Plan, PlanAdSet, PlanRow } from './launch-plan.ts';

/**
 * The same plan with every list in key order and zip's positions turned into explicit rows, so that the order in which rows were
 * imported leaves no trace. Nothing is checked or dropped here except exact repeats of a row.
 */
export function normalisePlan(plan: Plan): Plan {
  const by = <T>(list: readonly T[], ...keys: ((entry: T) => string)[]): T[] =>
    list.toSorted((a, b) => keys.reduce((order, key) => order || compareKeys(key(a), key(b)), 0));
  const settings = {
    ...plan.settings,
    countries: plan.settings.countries.toSorted(),
    specialAdCategories: plan.settings.specialAdCategories.toSorted(),
  };
  const rows = by(
    zipRows(plan),
    (row) => row.campaignKey,
    (row) => row.adSetKey,
    (row) => row.conceptKey,
    (row) => row.copySetKey ?? '',
  );
  return {
    ...plan,
    settings,
    campaigns: by(plan.campaigns, (entry) => entry.key, canonicalJson),
    adSets: by(
      plan.adSets.map((entry): PlanAdSet => ({ ...entry, countries: entry.countries?.toSorted() ?? null })),
      (entry) => entry.campaignKey ?? '',
      (entry) => entry.key,
      canonicalJson,
    ),
    concepts: by(plan.concepts, (entry) => entry.key, canonicalJson),
    copySets: by(
      plan.copySets,
      (entry) => entry.conceptKey ?? '',
      (entry) => entry.key,
      canonicalJson,
    ),
    media: by(plan.media, (entry) => entry.mediaKey, canonicalJson),
    rows: rows.filter((row, i) => i === 0 || rowKey(row) !== rowKey(rows[i - 1] as PlanRow)),
    exclusions: by(plan.exclusions, canonicalJson),
  };
}

/** The bytes a plan hash is taken over: equal for equal plans, whatever the order of their rows. */
export function planHashInput(plan: Plan): string {
  return canonicalJson(normalisePlan(plan));
}

/** Lengths of the axes that zip pairs by position; more than one value other than 1 is an error that check-plan reports. */
export function zipLengths(plan: Plan): Record<'campaigns' | 'adSets' | 'concepts' | 'copySets', number> {
  return { campaigns: plan.campaigns.length, adSets: plan.adSets.length, concepts: plan.concepts.length, copySets: plan.copySets.length };
}

/** An axis of one entry goes with every row; otherwise entry i with entry i. Lengths that do not match give no rows. */
function zipRows(plan: Plan): readonly PlanRow[] {
  if (plan.mode !== 'zip' || plan.rows.length > 0) return plan.rows;
  const lengths = Object.values(zipLengths(plan));
  const count = Math.max(...lengths);
  if (lengths.some((length) => length !== count && length !== 1)) return [];
  const at = <T>(list: readonly T[], i: number): T => list[list.length === 1 ? 0 : i] as T;
  return Array.from({ length: count }, (_, i) => ({
    campaignKey: at(plan.campaigns, i).key,
    adSetKey: at(plan.adSets, i).key,
    conceptKey: at(plan.concepts, i).key,
    copySetKey: at(plan.copySets, i).key,
  }));
}

function rowKey(row: PlanRow): string {
  return `${row.campaignKey}/${row.adSetKey}/${row.conceptKey}/${row.copySetKey ?? '*'}`;
}
