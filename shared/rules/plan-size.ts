import { isWordsOnly } from './ad-shape.ts';
import type { Plan } from './launch-plan.ts';
import { planError } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';

const MOST_ENTRIES = 10_000;
const MOST_CELLS = 50_000;
const MOST_ADS = 100_000;
const MOST_COMPARISONS = 50_000_000;

/**
 * Whether a plan is far beyond any launch, counted without expanding it: two lists of 20,000 fit into one request and would make
 * 400 million ad sets. Anything near the real limit passes here and is counted exactly by expand-plan.
 */
export function oversize(plan: Plan): PlanProblem | null {
  const { campaigns, adSets, concepts, copySets, media, rows, exclusions } = plan;
  const tooMany = planError('plan', 'TOO_MANY_ITEMS', 'The plan is far larger than one launch may be.', 'Split it into several launches.');
  if ([campaigns, adSets, concepts, copySets, media, rows, exclusions].some((list) => list.length > MOST_ENTRIES)) return tooMany;
  const everywhere = adSets.filter((adSet) => adSet.campaignKey === null).length;
  const cells = campaigns.length * everywhere + (adSets.length - everywhere);
  const sharedCopies = copySets.filter((copy) => copy.conceptKey === null).length;
  if (cells > MOST_CELLS || concepts.length * sharedCopies > MOST_CELLS) return tooMany;

  const wordsOnly = isWordsOnly(plan);
  const texts = countBy(copySets, (copy) => copy.conceptKey);
  const files = countBy(
    media.filter((file) => file.role === 'main'),
    (file) => file.conceptKey,
  );
  const piecesOf = (concept: string) => (wordsOnly ? 1 : (files.get(concept) ?? 0)) * (sharedCopies + (texts.get(concept) ?? 0));
  const pieces = concepts.reduce((sum, { key }) => sum + piecesOf(key), 0);
  const crosses = plan.mode === 'all' || plan.mode === 'one-ad-set-per-concept';
  if (crosses && cells * concepts.length > MOST_ADS) return tooMany;
  const ads = crosses ? cells * pieces : plan.rows.reduce((sum, row) => sum + piecesOf(row.conceptKey), pieces);
  const thumbnails = media.filter((file) => file.role === 'thumbnail').length;
  return ads > MOST_ADS || ads * (exclusions.length + thumbnails) > MOST_COMPARISONS ? tooMany : null;
}

function countBy<T>(list: readonly T[], key: (entry: T) => string | null): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const entry of list) counts.set(key(entry), (counts.get(key(entry)) ?? 0) + 1);
  return counts;
}
