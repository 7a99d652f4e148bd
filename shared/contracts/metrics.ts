import { z } from 'zod';
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
  revenueMinor: minor,
  orders: z.int(),
  customers: z.int(),
  leads: z.int(),
  impressions: z.int(),
  clicks: z.int(),
  /** Null when spend is 0: a ratio without a divisor is blank, never infinite. */
  roas: interval.nullable(),
  effectiveOrders: z.number(),
  tooFew: z.boolean(),
  /** Judgement against the organization's target by the whole 80 % interval; none = no target, or too few to say. */
  verdict: z.enum(['good', 'fair', 'poor', 'none']),
  /** Share of the final revenue that should have arrived, in per mille; null when unknown. */
  maturityPermille: z.int().nullable(),
  costPerLeadMinor: minor.nullable(),
});
export type Figure = z.infer<typeof figure>;
export const blankReason = z.enum(['unknown_id', 'not_connected', 'currency_differs', 'no_insights', 'stale', 'not_allowed']);
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
export const freshness = z.object({ spendAt: instant.nullable(), revenueAt: instant.nullable() });
export const totals = z.object({
  figure,
  /** All revenue of the organization in the window and the part no touch is known for, as per mille of it; null without revenue. */
  allRevenueMinor: minor,
  paidMinor: minor,
  unpaidMinor: minor,
  unmatchedMinor: minor,
  unmatchedPermille: z.int().nullable(),
});

/** accountExternalId is the id in the host page's address ("1000000001"); ids are those of the page's rows. */
export const lookUpMetrics = defineContract({
  method: 'POST',
  path: '/v1/metrics/look-up',
  access: { kind: 'member', permission: 'insights:read' },
  summary: 'Figures for the rows on screen',
  body: z.object({
    platform: z.literal('meta'),
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
    /** Spend and credited revenue by day, for the chart. */
    series: z.array(z.object({ day, spendMinor: minor, revenueMinor: minor })),
    nextCursor: z.string().nullable(),
  }),
});
