import { z } from 'zod';
import { AD_PLATFORMS } from '#shared/rules/ad-platforms/index.ts';
import { LOCALE_PATTERN } from '#shared/rules/ad-platforms/locales.ts';
import { CALLS_TO_ACTION } from '#shared/rules/ad-platforms/platform-rules.ts';
import { EXPAND_MODES, KEY_PATTERN, RATIOS, type Plan } from '#shared/rules/launch-plan.ts';

// Every text has a bound: problems repeat keys and names, and a problem is read by people.
const key = z.string().max(400).regex(KEY_PATTERN, 'is not a key: letters and digits joined by - . or _');
const text = z.string().max(10_000);
const name = z.string().min(1).max(400);
const word = z.string().max(400);
const link = z.string().max(4_000);
/** Minor units a day; above this the sum of a launch would leave the whole numbers a double can hold. */
const minor = z
  .int()
  .min(1, 'must be at least 1 (smallest unit of the currency)')
  .max(1_000_000_000_000, 'must be at most 1,000,000,000,000');
const age = z.int().min(13).max(65);
const country = z.string().regex(/^[A-Z]{2}$/, 'must be a country code such as FR');

/** Texts besides the first, which the platform may show instead. */
const further = z.array(text).max(14).default([]);

const settings = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  timezone: name,
  budgetLevel: z.enum(['campaign', 'ad_set']),
  dailyBudgetMinor: minor.nullable(),
  objective: name,
  optimizationGoal: name,
  billingEvent: name,
  bidStrategy: name,
  bidMinor: minor.nullable().default(null),
  conversionEvent: word.nullable().default(null),
  startTime: z.iso.datetime({ offset: true }).nullable(),
  specialAdCategories: z.array(word),
  political: z.boolean().default(false),
  countries: z.array(country),
  ageMin: age.nullable(),
  ageMax: age.nullable(),
  pageId: word,
  brandName: word.nullable().default(null),
  locale: z.string().regex(LOCALE_PATTERN, 'must be a language and country such as fr_FR').nullable().default(null),
  keywords: z.array(z.string().min(1).max(80)).max(200).default([]),
  leadFormId: word.nullable(),
  pixelId: word.nullable(),
  logoId: word.nullable().default(null),
  linkUrl: link.nullable(),
  callToAction: z.enum(CALLS_TO_ACTION),
  utm: z.record(word, text),
  naming: z.strictObject({ campaign: text, adSet: text, creative: text, ad: text }),
  enhancements: z.record(word, z.boolean()),
  namingDate: z.iso.date(),
  accountName: word,
  custom: z.record(word, text),
});

/** The plan's shape at the door, field by field as shared/rules/launch-plan.ts defines it; the compiler holds the two together. */
export const planSchema = z.strictObject({
  version: z.literal(1),
  platform: z.enum(AD_PLATFORMS),
  accountId: name,
  name,
  settings,
  campaigns: z.array(z.strictObject({ key, name, dailyBudgetMinor: minor.nullable() })),
  adSets: z.array(
    z.strictObject({
      key,
      campaignKey: key.nullable(),
      name,
      dailyBudgetMinor: minor.nullable(),
      countries: z.array(country).nullable(),
      ageMin: age.nullable(),
      ageMax: age.nullable(),
      optimizationGoal: word.nullable(),
    }),
  ),
  concepts: z.array(z.strictObject({ key, name, hook: word.nullable(), creator: word.nullable(), lang: word.nullable() })),
  copySets: z.array(
    z.strictObject({
      key,
      conceptKey: key.nullable(),
      headline: text,
      primaryText: text,
      description: text,
      moreHeadlines: further,
      morePrimaryTexts: further,
      moreDescriptions: further,
      link: link.nullable(),
      callToAction: z.enum(CALLS_TO_ACTION).nullable(),
    }),
  ),
  media: z.array(
    z.strictObject({
      mediaKey: key,
      fileName: z.string().min(1).max(255),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      kind: z.enum(['image', 'video']),
      width: z.int().min(1),
      height: z.int().min(1),
      durationMs: z.int().min(0).nullable(),
      conceptKey: key,
      variantKey: key,
      ratio: z.enum(RATIOS),
      role: z.enum(['main', 'thumbnail']),
    }),
  ),
  mode: z.enum(EXPAND_MODES),
  n: z.int().min(1).nullable(),
  rows: z.array(z.strictObject({ campaignKey: key, adSetKey: key, conceptKey: key, copySetKey: key.nullable() })),
  exclusions: z.array(
    z.strictObject({
      campaignKey: key.nullable(),
      adSetKey: key.nullable(),
      conceptKey: key.nullable(),
      variantKey: key.nullable(),
      ratio: z.enum(RATIOS).nullable(),
      copySetKey: key.nullable(),
    }),
  ),
  duplicatesReason: z.string().trim().min(1).max(500).nullable().default(null),
}) satisfies z.ZodType<Plan>;
