import type { Plan, PlanExclusion } from '#shared/rules/launch-plan.ts';
import type { ExpandedPlan } from '#shared/rules/planned-item.ts';

export interface MatrixCell {
  conceptKey: string;
  conceptName: string;
  ads: number;
  crossedOut: boolean;
  exclusion: PlanExclusion;
}
export interface MatrixRow {
  path: string;
  campaign: string;
  adSet: string;
  ads: number;
  cells: MatrixCell[];
}
export interface Matrix {
  concepts: { key: string; name: string }[];
  rows: MatrixRow[];
  /** Ad sets and concepts beyond those listed. */
  moreRows: number;
  moreConcepts: number;
}

/** What is listed of each axis: nobody reads more, and a page of a million cells would stand still. */
export const MOST_LISTED = 100;

/** The expanded plan as a table: ad sets down, concepts across. Item paths ("c/s/concept/…") say where each ad belongs. */
export function matrixOf(plan: Plan, expanded: ExpandedPlan, exclusions: readonly PlanExclusion[]): Matrix {
  const made = countBy(expanded.items.filter((item) => item.kind === 'ad').map((item) => item.itemPath));
  const out = countBy(expanded.excluded);
  const adsOfAdSet = new Map<string, number>();
  const used = new Set<string>();
  for (const [cell, ads] of [...made, ...[...out.keys()].map((one) => [one, 0] as const)]) {
    const path = adSetOf(cell);
    adsOfAdSet.set(path, (adsOfAdSet.get(path) ?? 0) + ads);
    used.add(cell.slice(path.length + 1));
  }
  const adSetPaths = [...adsOfAdSet.keys()].toSorted();
  const allConcepts = plan.concepts.filter((concept) => used.has(concept.key));
  const concepts = allConcepts.slice(0, MOST_LISTED).map(({ key, name }) => ({ key, name }));
  const rows = adSetPaths.slice(0, MOST_LISTED).map((path): MatrixRow => {
    const [campaignKey = '', adSetKey = ''] = path.split('/');
    const cells = concepts.map((concept): MatrixCell => {
      const cell = `${path}/${concept.key}`;
      const exclusion: PlanExclusion = { campaignKey, adSetKey, conceptKey: concept.key, variantKey: null, ratio: null, copySetKey: null };
      const ads = made.get(cell) ?? 0;
      return {
        conceptKey: concept.key,
        conceptName: concept.name,
        ads: ads === 0 ? (out.get(cell) ?? 0) : ads,
        crossedOut: isExcluded(exclusions, exclusion),
        exclusion,
      };
    });
    return {
      path,
      campaign: nameIn(plan.campaigns, campaignKey),
      adSet: adSetName(plan, campaignKey, adSetKey),
      ads: adsOfAdSet.get(path) ?? 0,
      cells,
    };
  });
  return { concepts, rows, moreRows: adSetPaths.length - rows.length, moreConcepts: allConcepts.length - concepts.length };
}

/** Ads per "campaign/ad set/concept". */
function countBy(adPaths: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const path of adPaths) {
    const cell = path.split('/').slice(0, 3).join('/');
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return counts;
}

function adSetOf(cell: string): string {
  return cell.split('/').slice(0, 2).join('/');
}
function isExcluded(exclusions: readonly PlanExclusion[], cell: PlanExclusion): boolean {
  return exclusions.some(
    (one) => one.campaignKey === cell.campaignKey && one.adSetKey === cell.adSetKey && one.conceptKey === cell.conceptKey,
  );
}
function nameIn(list: readonly { key: string; name: string }[], key: string): string {
  return list.find((one) => one.key === key)?.name ?? key;
}
function adSetName(plan: Plan, campaignKey: string, adSetKey: string): string {
  const found = plan.adSets.find((one) => one.key === adSetKey && (one.campaignKey === campaignKey || one.campaignKey === null));
  return found?.name ?? adSetKey;
}
