import { z } from 'zod';
import { AD_PLATFORMS } from '../rules/ad-platforms/index.ts';
import { defineContract } from './define-contract.ts';
import { currency, cursor, day, id, instant, minor, pageSize } from './parts.ts';
import { figure } from './metrics.ts';

export const stage = z.enum(['raw', 'qualified', 'won', 'lost', 'junk']);
export const lead = z.object({
  id,
  source: z.literal('meta'),
  submittedAt: instant,
  receivedAt: instant,
  stage,
  backfilled: z.boolean(),
  isTest: z.boolean(),
  /** Fields as submitted, decrypted for those who may see them. */
  contact: z.record(z.string(), z.string()),
  ad: z
    .object({
      id: z.string(),
      name: z.string().nullable(),
      adSetName: z.string().nullable(),
      campaignName: z.string().nullable(),
      accountId: id,
    })
    .nullable(),
  formName: z.string().nullable(),
  orders: z.int(),
  netMinor: minor.nullable(),
  currency: currency.nullable(),
});
export type Lead = z.infer<typeof lead>;
export const listLeads = defineContract({
  method: 'GET',
  path: '/v1/leads',
  access: { kind: 'member', permission: 'leads:read' },
  summary: 'Leads, newest first',
  query: z.object({ cursor, pageSize, stage: stage.optional() }),
  response: z.object({ leads: z.array(lead), nextCursor: z.string().nullable() }),
});
export const updateLead = defineContract({
  method: 'PATCH',
  path: '/v1/leads/:id',
  access: { kind: 'member', permission: 'leads:write' },
  summary: 'Move a lead to another stage',
  params: z.object({ id }),
  body: z.object({ stage }),
  response: lead,
});
export const order = z.object({
  id,
  name: z.string(),
  shop: z.string(),
  placedAt: instant,
  currency,
  grossMinor: minor,
  netMinor: minor,
  refundedMinor: minor,
  matchedBy: z.string().nullable(),
  credits: z.array(
    z.object({
      share: z.enum(['paid', 'unpaid', 'unmatched']),
      amountMinor: minor,
      adName: z.string().nullable(),
      adId: z.string().nullable(),
      day: day.nullable(),
    }),
  ),
});
export const listOrders = defineContract({
  method: 'GET',
  path: '/v1/orders',
  access: { kind: 'member', permission: 'revenue:read' },
  summary: 'Orders and who was credited, newest first',
  query: z.object({ cursor, pageSize }),
  response: z.object({ orders: z.array(order), nextCursor: z.string().nullable() }),
});

/** What the contact card shows: the same answer for the widget, the HubSpot card and the overlay. */
export const leadCard = z.object({
  matched: z.boolean(),
  /** Why there is nothing to show, when matched is false. several_portals = the asker has to say which portal the contact is in. */
  reason: z.enum(['not_found', 'no_lead', 'no_ad', 'several_portals']).nullable(),
  source: z
    .object({
      platform: z.enum(AD_PLATFORMS),
      campaign: z.string().nullable(),
      adSet: z.string().nullable(),
      ad: z.string().nullable(),
      adId: z.string(),
      form: z.string().nullable(),
      firstTouchAt: instant,
      latestTouchAt: instant,
      managerUrl: z.string(),
    })
    .nullable(),
  cost: z
    .object({
      /** Allocated, not charged: the ad's spend of that day divided over that day's leads. Null when that day's spend is not known yet. */
      allocatedMinor: minor.nullable(),
      daySpendMinor: minor.nullable(),
      dayLeads: z.int(),
      day,
      cohortCostPerLeadMinor: minor.nullable(),
      currency,
    })
    .nullable(),
  returns: z.object({ wonMinor: minor, refundedMinor: minor, orders: z.int(), currency }).nullable(),
  /** Thousandths; null when the cost is unknown or 0. */
  leadRoasMilli: z.int().nullable(),
  cohort: figure.nullable(),
  why: z.object({ matchedBy: z.string(), exact: z.boolean() }).nullable(),
  asOf: instant,
  definitionId: z.string().nullable(),
  windowDays: z.int(),
  model: z.literal('last'),
});
export type LeadCard = z.infer<typeof leadCard>;
/** By HubSpot contact id, for a signed-in member (overlay and app). */
export const getLeadCard = defineContract({
  method: 'GET',
  path: '/v1/lead-card',
  access: { kind: 'member', permission: 'leads:read' },
  summary: 'Where a contact came from, what it cost and returned',
  query: z.object({ portalId: z.string().regex(/^\d{1,20}$/), contactId: z.string().regex(/^\d{1,20}$/) }),
  response: leadCard,
});
