import type { CallToAction } from './ad-platforms/platform-rules.ts';
import { DEFAULT_KEY, type Plan } from './launch-plan.ts';
import type { AdSetSpec, AdSpec, CampaignSpec, CreativeSpec, ItemKind } from './planned-item.ts';

/** Values of a refused row that a person may put right in place. What other rows repeat (objective, page, files) takes a new plan. */
export interface Correction {
  dailyBudgetMinor?: number | undefined;
  ageMin?: number | null | undefined;
  ageMax?: number | null | undefined;
  countries?: string[] | undefined;
  headline?: string | undefined;
  primaryText?: string | undefined;
  description?: string | undefined;
  linkUrl?: string | undefined;
  callToAction?: CallToAction | undefined;
}
export type CorrectableField = keyof Correction;

const CONTENT = ['headline', 'primaryText', 'description', 'linkUrl', 'callToAction'] as const;
const FIELDS: Readonly<Record<ItemKind, readonly CorrectableField[]>> = {
  media: [],
  campaign: ['dailyBudgetMinor'],
  ad_set: ['dailyBudgetMinor', 'ageMin', 'ageMax', 'countries'],
  creative: CONTENT,
  ad: CONTENT,
};
/** Words change what people read, not what is spent, on whom, or where it leads. */
const WORDS: ReadonlySet<CorrectableField> = new Set(['headline', 'primaryText', 'description']);

type Spec = CampaignSpec | AdSetSpec | CreativeSpec | AdSpec;
interface Row {
  kind: ItemKind;
  itemPath: string;
  spec: unknown;
}

/** What of the row holds the fields: the ad's content where no creative does. Null = nothing of it can be corrected. */
function holderOf({ kind, spec }: Row): Record<string, unknown> | null {
  if (kind === 'media') return null;
  return (kind === 'ad' ? (spec as AdSpec).creative : spec) as Record<string, unknown> | null;
}

/** The row's fields that can be put right, with what stands there. A budget only where it sits; a link only where there is one. */
export function correctableFields(row: Row): { field: CorrectableField; value: unknown }[] {
  const holder = holderOf(row);
  if (holder === null) return [];
  return FIELDS[row.kind]
    .filter((field) => !((field === 'dailyBudgetMinor' || field === 'linkUrl') && holder[field] === null))
    .map((field) => ({ field, value: holder[field] ?? null }));
}

export interface Corrected {
  spec: Spec;
  fields: CorrectableField[];
  /** Only words were changed. */
  isWords: boolean;
}

/** The row with the values in place; fields that do not change are no correction. @throws RangeError for a field this row does not have */
export function correctRow(row: Row, changes: Correction): Corrected {
  const known = correctableFields(row);
  const wanted = Object.entries(changes).filter(([, value]) => value !== undefined) as [CorrectableField, unknown][];
  const fields: CorrectableField[] = [];
  const holder = { ...holderOf(row) };
  for (const [field, value] of wanted) {
    const was = known.find((one) => one.field === field);
    if (!was) throw new RangeError(field);
    if (JSON.stringify(was.value) === JSON.stringify(value)) continue;
    holder[field] = value;
    fields.push(field);
  }
  const spec = (row.kind === 'ad' ? { ...(row.spec as AdSpec), creative: holder } : holder) as unknown as Spec;
  return { spec, fields, isWords: fields.every((field) => WORDS.has(field)) };
}

/**
 * The smallest plan that makes this row with these values, for the checks that every plan goes through: its campaign, its ad set and its
 * concept, with the row's own texts. Held against the same plan without the correction, what is new is the correction's.
 */
export function planOfRow(plan: Plan, { kind, itemPath, spec }: Row): Plan {
  const [campaignKey, adSetPart, conceptKey] = itemPath.replace(/:creative$/, '').split('/');
  const adSetKey = adSetPart?.split('~')[0];
  const adSets = plan.adSets
    .filter((one) => (one.campaignKey ?? campaignKey) === campaignKey && (adSetKey ?? one.key) === one.key)
    .slice(0, 1);
  const concept = conceptKey ?? plan.media[0]?.conceptKey ?? plan.concepts[0]?.key;
  const small: Plan = {
    ...plan,
    mode: 'all',
    n: null,
    rows: [],
    exclusions: [],
    campaigns: plan.campaigns.filter((one) => one.key === campaignKey),
    adSets,
    concepts: plan.concepts.filter((one) => one.key === concept),
    media: plan.media.filter((one) => one.conceptKey === concept),
    copySets: plan.copySets.filter((one) => one.conceptKey === null || one.conceptKey === concept).slice(0, 1),
  };
  if (kind === 'campaign')
    return { ...small, campaigns: small.campaigns.map((one) => ({ ...one, dailyBudgetMinor: (spec as CampaignSpec).dailyBudgetMinor })) };
  if (kind === 'ad_set') {
    const { dailyBudgetMinor, ageMin, ageMax, countries } = spec as AdSetSpec;
    return { ...small, adSets: adSets.map((one) => ({ ...one, dailyBudgetMinor, ageMin, ageMax, countries })) };
  }
  const content = holderOf({ kind, itemPath, spec }) as CreativeSpec | null;
  if (content === null) return small;
  const { headline, primaryText, description, moreHeadlines, morePrimaryTexts, moreDescriptions, linkUrl, callToAction } = content;
  const copySet = { headline, primaryText, description, moreHeadlines, morePrimaryTexts, moreDescriptions, link: linkUrl, callToAction };
  return { ...small, copySets: [{ key: DEFAULT_KEY, conceptKey: null, ...copySet }] };
}
