import { isWordsOnly } from './ad-shape.ts';
import { compareKeys } from './keys.ts';
import {
  DEFAULT_KEY,
  type Plan,
  type PlanAdSet,
  type PlanCampaign,
  type PlanConcept,
  type PlanCopySet,
  type PlanExclusion,
  type PlanMedia,
  type Ratio,
} from './launch-plan.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';

/** An ad set as it will exist: one per campaign it is repeated in and, in one-ad-set-per-concept, one per concept. */
export interface AdSetCell {
  path: string;
  campaign: PlanCampaign;
  adSet: PlanAdSet;
  name: string;
  /** Concepts of this ad set with their copy sets, in key order. */
  takes: { concept: PlanConcept; copySets: PlanCopySet[] }[];
}

/** One ad: a place in the matrix. */
export interface AdCell {
  path: string;
  adSet: AdSetCell;
  concept: PlanConcept;
  copySet: PlanCopySet;
  /** Null = words only. */
  media: PlanMedia | null;
  thumbnail: PlanMedia | null;
}

export interface Cells {
  adSets: AdSetCell[];
  ads: AdCell[];
  excluded: string[];
  leftOver: string[];
  problems: PlanProblem[];
}

/** More cells than this are counted no further; far above any launch that may be sent. */
export const CELL_COUNT_STOP = 100_000;

/** The matrix of a normalised plan: which ad sets and ads there are, in path order. */
export function expandCells(plan: Plan): Cells {
  const problems: PlanProblem[] = [];
  const { adSets, leftOver } = dealConcepts(plan, problems);
  const units = mediaUnits(plan, problems);
  const wordsOnly = isWordsOnly(plan);
  const thumbnails = plan.media.filter((media) => media.role === 'thumbnail');
  const ads: AdCell[] = [];
  const excluded: string[] = [];
  const paths = new Set<string>();
  const withoutMedia = new Set<string>();

  for (const adSet of adSets) {
    for (const { concept, copySets } of adSet.takes) {
      const pieces = wordsOnly ? [null] : (units.get(concept.key) ?? []);
      if (pieces.length === 0) withoutMedia.add(concept.key);
      for (const media of pieces) {
        for (const copySet of copySets) {
          if (ads.length + excluded.length >= CELL_COUNT_STOP) return { adSets, ads, excluded, leftOver, problems };
          const slot = media === null ? [] : [...unlessDefault(media.variantKey), media.ratio];
          const path = [adSet.path, concept.key, ...slot, ...unlessDefault(copySet.key)].join('/');
          if (paths.has(path)) {
            problems.push(
              planError(
                path,
                'DUPLICATE_ITEM_PATH',
                `Two ads would have the item path ${path}.`,
                'Give concepts, variants and copy sets keys that differ.',
                { path },
              ),
            );
            continue;
          }
          paths.add(path);
          if (plan.exclusions.some((exclusion) => excludes(exclusion, adSet, concept.key, media, copySet.key))) excluded.push(path);
          else
            ads.push({ path, adSet, concept, copySet, media, thumbnail: media?.kind === 'video' ? thumbnailFor(media, thumbnails) : null });
        }
      }
    }
  }
  for (const key of withoutMedia)
    problems.push(
      planError(
        `concepts.${key}`,
        'CONCEPT_WITHOUT_MEDIA',
        `Concept ${key} has no image or video.`,
        'Add a file whose name starts with the concept, or name the file in the media column.',
        { concept: key },
      ),
    );
  return { adSets, ads, excluded, leftOver, problems };
}

function dealConcepts(plan: Plan, problems: PlanProblem[]): { adSets: AdSetCell[]; leftOver: string[] } {
  const copies = copiesByConcept(plan);
  const take = (concept: PlanConcept) => ({ concept, copySets: copies.get(concept.key) ?? [] });
  const bare = plan.campaigns.flatMap((campaign) =>
    plan.adSets
      .filter((adSet) => adSet.campaignKey === null || adSet.campaignKey === campaign.key)
      .map((adSet): AdSetCell => ({ path: `${campaign.key}/${adSet.key}`, campaign, adSet, name: adSet.name, takes: [] })),
  );
  switch (plan.mode) {
    case 'all':
      return { adSets: bare.map((cell) => ({ ...cell, takes: plan.concepts.map(take) })), leftOver: [] };
    case 'one-ad-set-per-concept':
      return {
        adSets: bare.flatMap((cell) =>
          plan.concepts.map((concept) => ({
            ...cell,
            path: `${cell.path}~${concept.key}`,
            name: `${cell.name} – ${concept.name}`,
            takes: [take(concept)],
          })),
        ),
        leftOver: [],
      };
    case 'n-per-ad-set': {
      const n = plan.n ?? 0;
      const adSets = bare.map((cell, i) => ({ ...cell, takes: plan.concepts.slice(i * n, (i + 1) * n).map(take) }));
      const leftOver = plan.concepts.slice(bare.length * n).map((concept) => concept.key);
      if (leftOver.length > 0)
        problems.push(
          planWarning(
            'concepts',
            'LEFT_OVER',
            `${leftOver.length} concepts found no ad set.`,
            'Add ad sets or raise the number per ad set.',
            { count: leftOver.length },
          ),
        );
      return { adSets, leftOver };
    }
    case 'zip': {
      const paired = pairedRows(plan);
      const takes = (cell: AdSetCell) => {
        const wanted = paired.get(cell.path);
        if (wanted === undefined) return [];
        return plan.concepts.flatMap((concept) => {
          const texts = wanted.get(concept.key);
          return texts === undefined
            ? []
            : [{ concept, copySets: take(concept).copySets.filter((copy) => texts.has(null) || texts.has(copy.key)) }];
        });
      };
      return { adSets: bare.map((cell) => ({ ...cell, takes: takes(cell) })), leftOver: [] };
    }
  }
}

/** Copy sets of each concept in key order, the default first, whether they belong to it or are offered to all. */
function copiesByConcept(plan: Plan): Map<string, PlanCopySet[]> {
  const order = (copy: PlanCopySet) => (copy.key === DEFAULT_KEY ? '' : copy.key);
  const shared = plan.copySets.filter((copy) => copy.conceptKey === null);
  const own = new Map<string | null, PlanCopySet[]>();
  for (const copy of plan.copySets) own.set(copy.conceptKey, [...(own.get(copy.conceptKey) ?? []), copy]);
  return new Map(
    plan.concepts.map((concept) => [
      concept.key,
      [...shared, ...(own.get(concept.key) ?? [])].toSorted((a, b) => compareKeys(order(a), order(b))),
    ]),
  );
}

/** Ad set path → concept → names of the texts its rows ask for (null = all of them). */
function pairedRows(plan: Plan): Map<string, Map<string, Set<string | null>>> {
  const paired = new Map<string, Map<string, Set<string | null>>>();
  for (const row of plan.rows) {
    const path = `${row.campaignKey}/${row.adSetKey}`;
    const concepts = paired.get(path) ?? new Map<string, Set<string | null>>();
    const texts = concepts.get(row.conceptKey) ?? new Set<string | null>();
    paired.set(path, concepts.set(row.conceptKey, texts.add(row.copySetKey)));
  }
  return paired;
}

/** Main media of each concept, by variant then ratio (the order of media keys is that of file names). */
function mediaUnits(plan: Plan, problems: PlanProblem[]): Map<string, PlanMedia[]> {
  const units = new Map<string, Map<string, PlanMedia>>();
  for (const media of plan.media) {
    if (media.role !== 'main') continue;
    const slots = units.get(media.conceptKey) ?? new Map<string, PlanMedia>();
    units.set(media.conceptKey, slots);
    const slot = `${media.variantKey}/${media.ratio}`;
    const other = slots.get(slot);
    if (other === undefined) slots.set(slot, media);
    else {
      const params = { ratio: media.ratio, concept: media.conceptKey, other: other.fileName };
      problems.push(
        planError(
          `media.${media.mediaKey}`,
          'DUPLICATE_MEDIA_SLOT',
          `"${media.fileName}" and "${other.fileName}" are both the ${media.ratio} of one variant of ${media.conceptKey}.`,
          'Give one of them another variant.',
          params,
        ),
      );
    }
  }
  return new Map([...units].map(([key, slots]) => [key, [...slots.values()].toSorted((a, b) => compare(slotOrder(a), slotOrder(b)))]));
}

function slotOrder(media: PlanMedia): string {
  return `${media.variantKey === DEFAULT_KEY ? '' : media.variantKey}/${media.ratio}`;
}

function thumbnailFor(video: PlanMedia, thumbnails: readonly PlanMedia[]): PlanMedia | null {
  const own = thumbnails.filter(
    (media) => media.conceptKey === video.conceptKey && (media.variantKey === video.variantKey || media.variantKey === DEFAULT_KEY),
  );
  const score = (media: PlanMedia) => (media.ratio === video.ratio ? 2 : 0) + (media.variantKey === video.variantKey ? 1 : 0);
  return own.toSorted((a, b) => score(b) - score(a))[0] ?? null;
}

/** Written out without arrays: imported plans can carry thousands of exclusions, and each is asked about each ad. */
function excludes(
  exclusion: PlanExclusion,
  adSet: AdSetCell,
  conceptKey: string,
  media: { variantKey: string; ratio: Ratio } | null,
  copySetKey: string,
): boolean {
  const { campaignKey, adSetKey, variantKey, ratio } = exclusion;
  if (exclusion.conceptKey !== null && exclusion.conceptKey !== conceptKey) return false;
  if (adSetKey !== null && adSetKey !== adSet.adSet.key) return false;
  if (campaignKey !== null && campaignKey !== adSet.campaign.key) return false;
  if (variantKey !== null && variantKey !== media?.variantKey) return false;
  if (ratio !== null && ratio !== media?.ratio) return false;
  if (exclusion.copySetKey !== null && exclusion.copySetKey !== copySetKey) return false;
  return Object.values(exclusion).some((wanted) => wanted !== null);
}

function unlessDefault(key: string): string[] {
  return key === DEFAULT_KEY ? [] : [key];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
