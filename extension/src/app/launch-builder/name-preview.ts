import type { AdAccount } from '#shared/contracts/connections.ts';
import type { NamingTemplates } from '#shared/rules/launch-plan.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import { addToLink, duplicateKeys } from '#shared/rules/utm.ts';
import { emptyMemory, makePlan, type PlanMemory, type PlanParts } from './make-plan.ts';

/** Rows that are enough for a first ad. The whole sheet would be planned anew at every letter. */
const ROWS_LOOKED_AT = 20;
const EXAMPLE_LINK = 'https://shop.example.com/';

export interface NamePreview extends NamingTemplates {
  /** Where the first ad leads, parameters included; null when the landing page already carries one of them. */
  link: string | null;
  /** True while sheet and media make no ad yet: the names are those of a made-up one. */
  isExample: boolean;
}

/** What the naming templates and link parameters make of the first objects of this draft. Of the memory only the grouped files are used. */
export function previewNames(draft: PlanParts, account: AdAccount, { grouped }: PlanMemory = emptyMemory()): NamePreview {
  const rows = draft.sheet?.rows.slice(0, 1 + ROWS_LOOKED_AT) ?? [];
  const own = firstItems({ ...draft, sheet: { rows }, exclusions: [] }, account, { ...emptyMemory(), grouped });
  return own === null ? { ...emptyPreview, ...firstItems(exampleOf(draft), account), isExample: true } : { ...own, isExample: false };
}

const emptyPreview = { campaign: '', adSet: '', creative: '', ad: '', link: null };

function firstItems(draft: PlanParts, account: AdAccount, memory = emptyMemory()): Omit<NamePreview, 'isExample'> | null {
  const { items } = makePlan(draft, account, Date.now(), memory).expanded;
  const first = <K extends PlannedItem['kind']>(kind: K) => items.find((item): item is PlannedItem & { kind: K } => item.kind === kind);
  const content = items.map(contentOf).find((one) => one !== null);
  if (content === undefined) return null;
  const linkUrl = content.linkUrl ?? EXAMPLE_LINK;
  return {
    campaign: first('campaign')?.name ?? '',
    adSet: first('ad_set')?.name ?? '',
    creative: first('creative')?.name ?? '',
    ad: first('ad')?.name ?? '',
    link: duplicateKeys(linkUrl, content.urlTags).length > 0 ? null : addToLink(linkUrl, content.urlTags),
  };
}

/** The same settings with one row and one picture, so that the templates show something before anything was dropped. */
function exampleOf(draft: PlanParts): PlanParts {
  const rows = [
    ['campaign', 'ad_set', 'country', 'concept', 'hook', 'headline', 'primary_text'],
    ['Spring', 'Broad', 'FR', 'Concept 01', 'Question', 'Headline', 'Text'],
  ];
  return {
    ...draft,
    sheet: { rows },
    media: [
      {
        fileName: 'concept-01_1x1.png',
        kind: 'image',
        width: 1080,
        height: 1080,
        durationMs: null,
        sha256: '0'.repeat(64),
      },
    ],
    overrides: {},
    exclusions: [],
    settings: { ...draft.settings, mode: 'auto' },
  };
}
