import { z } from 'zod';
import { AD_PLATFORMS } from '../rules/ad-platforms/index.ts';
import { defineContract } from './define-contract.ts';
import { currency, cursor, day, id, instant, minor, pageSize, windowDays } from './parts.ts';

export const level = z.enum(['campaign', 'ad_set', 'ad']);
/** Reporting window: days ending today in the account's timezone, a fixed range, or everything. */
export const window = z.union([
  z.object({ days: windowDays }),
  z.object({ since: day, until: day }),
  z.object({ lifetime: z.literal(true) }),
]);
export type Window = z.infer<typeof window>;
export const basis = z.enum(['accrual', 'cash']);
export const model = z.enum(['last']);

/** Thousandths of a ROAS: 2100 = 2.100x. An interval's end is null when it cannot be said. */
export const interval = z.object({
  point: z.int(),
  low80: z.int().nullable(),
  high80: z.int().nullable(),
  low95: z.int().nullable(),
  high95: z.int().nullable(),
});
export const figure = z.object({
  spendMinor: minor,
  /** Null, as orders, customers and ROAS, when the window's orders are not known: `freshness.revenueGap` says why. */
  revenueMinor: minor.nullable(),
  orders: z.int().nullable(),
  customers: z.int().nullable(),
  /** So far while `freshness.leadsGap` is "reading"; null when the window begins before leads are known. */
  leads: z.int().nullable(),
  impressions: z.int(),
  clicks: z.int(),
  /** Null when spend is 0 or revenue is unknown: a ratio without a divisor is blank, never infinite. */
  roas: interval.nullable(),
  effectiveOrders: z.number(),
  tooFew: z.boolean(),
  /** Judgement against the organization's target by the whole 80 % interval; none = no target, or too few to say. */
  verdict: z.enum(['good', 'fair', 'poor', 'none']),
  /** Share of the final revenue that should have arrived, in per mille; null when unknown. */
  maturityPermille: z.int().nullable(),
  /** Null without leads, and while their number is not final. */
  costPerLeadMinor: minor.nullable(),
});
export type Figure = z.infer<typeof figure>;
/** before_spend: the window begins before `freshness.spendFrom`. */
export const blankReason = z.enum([
  'unknown_id',
  'not_connected',
  'currency_differs',
  'no_insights',
  'before_spend',
  'stale',
  'not_allowed',
]);
export const answer = z.union([z.object({ id: z.string(), figure }), z.object({ id: z.string(), blank: blankReason })]);
export type MetricsAnswer = z.infer<typeof answer>;

export const definition = z.object({
  /** Names the formula and its choices; the same figure everywhere carries the same id. */
  id: z.string(),
  currency,
  timezone: z.string(),
  since: day,
  until: day,
  model,
  basis,
  attributionWindowDays: z.int(),
  dataVersion: z.int(),
});
/** How far each source reaches: newest read, and the first whole day that is known, in the account's timezone (null = none yet). */
export const freshness = z.object({
  spendAt: instant.nullable(),
  revenueAt: instant.nullable(),
  spendFrom: day.nullable(),
  revenueFrom: day.nullable(),
  leadsFrom: day.nullable(),
  /** Why the window has no revenue: no shop is connected, its orders are still being read, or the window begins before revenueFrom. */
  revenueGap: z.enum(['no_shop', 'reading', 'before']).nullable(),
  /** reading: counts are so far; before: the window begins before leadsFrom. */
  leadsGap: z.enum(['reading', 'before']).nullable(),
});
export const totals = z.object({
  figure,
  /** All revenue of the organization in the window and the part no touch is known for, as per mille of it; null without revenue, all null when it is unknown and for a client's login. */
  allRevenueMinor: minor.nullable(),
  paidMinor: minor.nullable(),
  unpaidMinor: minor.nullable(),
  unmatchedMinor: minor.nullable(),
  unmatchedPermille: z.int().nullable(),
});

/** accountExternalId is the id in the host page's address ("1000000001"); ids are those of the page's rows. */
export const lookUpMetrics = defineContract({
  method: 'POST',
  path: '/v1/metrics/look-up',
  access: { kind: 'member', permission: 'insights:read' },
  summary: 'Figures for the rows on screen',
  body: z.object({
    platform: z.enum(AD_PLATFORMS),
    accountExternalId: z.string().regex(/^\d{1,20}$/),
    level,
    ids: z.array(z.string().regex(/^\d{1,20}$/)).max(200),
    window: window.default({ days: 28 }),
    model: model.default('last'),
    basis: basis.default('accrual'),
    withTotals: z.boolean().default(false),
  }),
  response: z.object({
    account: z.object({ id, name: z.string(), currency, timezone: z.string() }).nullable(),
    definition: definition.nullable(),
    answers: z.array(answer),
    freshness,
    totals: totals.nullable(),
  }),
});
/** The dashboard's table: same formula, same definition id, sorted by spend. */
export const listInsights = defineContract({
  method: 'GET',
  path: '/v1/insights',
  access: { kind: 'member', permission: 'insights:read' },
  summary: 'Performance by campaign, ad set or ad',
  query: z.object({
    accountId: id,
    level: level.default('campaign'),
    days: z.coerce.number().pipe(windowDays).default(28),
    basis: basis.default('accrual'),
    parentId: z.string().optional(),
    search: z.string().max(100).optional(),
    cursor,
    pageSize,
  }),
  response: z.object({
    definition,
    freshness,
    totals,
    rows: z.array(z.object({ id: z.string(), name: z.string(), status: z.string(), figure })),
    /** Spend and credited revenue by day, for the chart; null on days whose orders are not known. */
    series: z.array(z.object({ day, spendMinor: minor, revenueMinor: minor.nullable() })),
    nextCursor: z.string().nullable(),
  }),
});
