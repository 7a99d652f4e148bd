import { OWN_SETTINGS, type OwnSetting } from '../ad-platforms/platform-rules.ts';

/**
 * Columns of a launch spreadsheet. Headers are compared in lower case with spaces and dashes as underscores, so "Primary text" is
 * primary_text. One row is one ad set × concept (× text); the media of a concept give one ad per ratio.
 */
export const SHEET_COLUMNS = [
  'item_path',
  'campaign',
  'ad_set',
  'daily_budget',
  'country',
  'age_min',
  'age_max',
  'concept',
  'hook',
  'creator',
  'lang',
  'copy',
  'headline',
  'primary_text',
  'description',
  'link',
  'cta',
  'media',
  'thumbnail',
  'variant',
  'ratio',
  'ad_name',
] as const;

/** Texts that may be there several times: "headline_2" to "headline_15" are further ones that the platform may show instead. */
export const REPEATED_TEXTS = ['headline', 'primary_text', 'description'] as const;
export type RepeatedText = (typeof REPEATED_TEXTS)[number];
const MOST_OF_ONE_TEXT = 15;

/** Columns for what the whole launch goes by on some platforms: a row may name it, and no two rows may differ. */
export const OWN_COLUMNS = {
  keywords: 'keywords',
  locale: 'locale',
  brandName: 'brand_name',
  logoId: 'logo',
  leadFormId: 'lead_form',
  pixelId: 'pixel',
  specialAdCategories: 'special_ad_category',
  political: 'political',
} as const satisfies Record<OwnSetting, string>;
export type OwnColumn = (typeof OWN_COLUMNS)[OwnSetting];

type FixedColumn = (typeof SHEET_COLUMNS)[number];
export type SheetColumn = FixedColumn | `${RepeatedText}_${number}` | OwnColumn;

/** "headline_2" and so on, in the order they are sent. */
export const furtherColumns = (text: RepeatedText): `${RepeatedText}_${number}`[] =>
  Array.from({ length: MOST_OF_ONE_TEXT - 1 }, (_, i) => `${text}_${i + 2}` as const);

interface ColumnInfo {
  /** What goes into the cell, for the template sheet and for help texts. */
  about: string;
  example: string;
  aliases: readonly string[];
}

export const COLUMN_INFO: Readonly<Record<FixedColumn | OwnColumn, ColumnInfo>> = {
  item_path: {
    about: 'Filled by an export. Leave it as it is: it keeps each ad the same ad when you import again.',
    example: '',
    aliases: ['path', 'inlay_path'],
  },
  campaign: { about: 'Campaign name. Empty: the name of the launch.', example: 'Spring', aliases: ['campaign_name'] },
  ad_set: { about: 'Ad set name.', example: 'Broad 25-54', aliases: ['adset', 'ad_set_name', 'adset_name', 'ad_group', 'audience'] },
  daily_budget: {
    about: "Daily budget in the account's currency. Empty: the launch's default.",
    example: '20.00',
    aliases: ['budget', 'ad_set_daily_budget', 'campaign_daily_budget', 'adset_budget'],
  },
  country: {
    about: "Two-letter country codes, separated by commas. Empty: the launch's default.",
    example: 'FR, BE',
    aliases: ['countries', 'geo', 'location', 'locations'],
  },
  age_min: { about: 'Youngest age, 13 to 65.', example: '25', aliases: ['min_age', 'age_from'] },
  age_max: { about: 'Oldest age, 13 to 65.', example: '54', aliases: ['max_age', 'age_to'] },
  concept: {
    about: 'The idea. Files whose name starts like it belong to it.',
    example: 'Founder story',
    aliases: ['concept_name', 'idea', 'creative', 'creative_name'],
  },
  hook: { about: 'Opening of the ad, for names.', example: 'Question', aliases: [] },
  creator: { about: 'Who made it, for names.', example: '', aliases: ['author'] },
  lang: { about: 'Language, for names.', example: 'fr', aliases: ['language'] },
  copy: { about: 'Name of this text, needed when one concept has several texts.', example: '', aliases: ['copy_name', 'copy_set', 'text'] },
  headline: { about: 'Headline.', example: 'Meet your next customer', aliases: ['title'] },
  primary_text: { about: 'Primary text.', example: 'Leads that answer the phone.', aliases: ['body', 'message', 'ad_text', 'primary'] },
  description: { about: 'Description under the headline.', example: 'Free for 14 days', aliases: ['link_description'] },
  link: {
    about: "Landing page, https. Empty: the launch's default.",
    example: 'https://shop.example/spring',
    aliases: ['url', 'website_url', 'landing_page', 'link_url', 'destination'],
  },
  cta: { about: 'Button, such as Learn more.', example: 'Learn more', aliases: ['call_to_action', 'button'] },
  media: {
    about: 'File names or a concept, separated by semicolons. Empty: the files of the concept.',
    example: 'founder-story_1x1.png',
    aliases: ['file', 'files', 'file_name', 'image', 'video', 'asset', 'assets'],
  },
  thumbnail: { about: 'File name of the still picture of a video.', example: '', aliases: ['thumb', 'cover'] },
  variant: { about: 'Which rendering, when one concept has several of one ratio.', example: '', aliases: ['version'] },
  ratio: {
    about: 'Ratios to use, such as 1x1, 9x16. Empty: all there are.',
    example: '1x1, 9x16',
    aliases: ['ratios', 'format', 'aspect_ratio'],
  },
  ad_name: {
    about: 'Name template for ads, the same in all rows.',
    example: '{concept} | {ratio}',
    aliases: ['ad_name_template', 'name_template'],
  },
  keywords: {
    about: 'What people search for, separated by semicolons.',
    example: 'fresh coffee; [coffee beans]',
    aliases: ['keyword', 'search_words'],
  },
  locale: { about: 'Language and country of the ads.', example: 'fr_FR', aliases: ['ad_language'] },
  brand_name: {
    about: 'The advertiser’s name as the ad shows it.',
    example: 'Northwind',
    aliases: ['brand', 'business_name', 'display_name'],
  },
  logo: { about: 'Id of the logo in the account’s library.', example: '', aliases: ['logo_id'] },
  lead_form: { about: 'Id of the lead form.', example: '', aliases: ['lead_form_id', 'form_id'] },
  pixel: { about: 'Id of the pixel or conversion that is counted.', example: '', aliases: ['pixel_id', 'conversion_id'] },
  special_ad_category: { about: 'Special ad categories, separated by semicolons.', example: '', aliases: ['special_ad_categories'] },
  political: { about: 'Whether the ads are political, yes or no.', example: 'no', aliases: ['political_ads'] },
};

/** Columns people keep for themselves. */
export const IGNORED_COLUMNS: readonly string[] = ['note', 'notes', 'comment', 'comments', 'status', 'owner'];

const named = (column: SheetColumn, names: readonly string[]) => names.map((name): [string, SheetColumn] => [name, column]);
const BY_NAME: ReadonlyMap<string, SheetColumn> = new Map([
  ...[...SHEET_COLUMNS, ...OWN_SETTINGS.map((setting) => OWN_COLUMNS[setting])].flatMap((column) =>
    named(column, [column, ...COLUMN_INFO[column].aliases]),
  ),
  // People who number their texts number the first one, too.
  ...REPEATED_TEXTS.flatMap((text) => [
    ...named(text, [`${text}_1`]),
    ...furtherColumns(text).flatMap((column) => named(column, [column])),
  ]),
]);

export function columnName(header: string): string {
  return header
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s\-/]+/g, '_')
    .replaceAll(/[^\p{L}\p{N}_]/gu, '');
}

/** The column a header means, or null. */
export function columnOf(header: string): SheetColumn | null {
  return BY_NAME.get(columnName(header)) ?? null;
}

/** The known column a misspelt header is closest to (at most two letters off), or null. */
export function closestColumn(header: string): SheetColumn | null {
  const name = columnName(header);
  let best: { column: SheetColumn; distance: number } | null = null;
  for (const [known, column] of BY_NAME) {
    const distance = editDistance(name, known);
    if (distance <= Math.min(2, Math.floor(known.length / 3)) && (best === null || distance < best.distance)) best = { column, distance };
  }
  return best?.column ?? null;
}

/** Letters to insert, drop or replace to turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
