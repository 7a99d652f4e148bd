import { z } from 'zod';
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

const settings = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/),
  timezone: name,
  budgetLevel: z.enum(['campaign', 'ad_set']),
  dailyBudgetMinor: minor.nullable(),
  objective: word.regex(/^OUTCOME_[A-Z_]+$/, 'must be one of the OUTCOME_ objectives'),
  optimizationGoal: name,
  billingEvent: name,
  bidStrategy: name,
  startTime: z.iso.datetime({ offset: true }).nullable(),
  specialAdCategories: z.array(word),
  countries: z.array(country),
  ageMin: age.nullable(),
  ageMax: age.nullable(),
  pageId: word,
  leadFormId: word.nullable(),
  pixelId: word.nullable(),
  linkUrl: link.nullable(),
  callToAction: name,
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
  platform: z.literal('meta'),
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
      link: link.nullable(),
      callToAction: word.nullable(),
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
}) satisfies z.ZodType<Plan>;
