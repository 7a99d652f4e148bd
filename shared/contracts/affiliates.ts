import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { currency, id, instant, knownCurrency, minor, shopAddress } from './parts.ts';

export const program = z.object({
  id,
  name: z.string(),
  shop: z.string(),
  currency,
  state: z.enum(['open', 'paused', 'closed']),
  rateNum: z.int(),
  rateDen: z.int(),
  windowDays: z.int(),
  allowedDomains: z.array(z.string()),
});
export const affiliate = z.object({
  id,
  name: z.string(),
  coupon: z.string().nullable(),
  shopCustomerId: z.string().nullable(),
  link: z.string().nullable(),
  code: z.string().nullable(),
  approvedAt: instant.nullable(),
  /** Null = not known: the shop was never connected, or its orders are in another currency than the program's. */
  clicks: z.int(),
  orders: z.int().nullable(),
  netSalesMinor: minor.nullable(),
  commissionMinor: minor.nullable(),
});
const read = { kind: 'member', permission: 'affiliates:read' } as const;
const write = { kind: 'member', permission: 'affiliates:write' } as const;
export const getProgram = defineContract({
  method: 'GET',
  path: '/v1/affiliate-program',
  access: read,
  summary: 'The program, its creators and their figures',
  response: z.object({ program: program.nullable(), affiliates: z.array(affiliate) }),
});
export const saveProgram = defineContract({
  method: 'PUT',
  path: '/v1/affiliate-program',
  access: write,
  summary: 'Create or change the program',
  body: z.object({
    name: z.string().trim().min(1).max(120),
    shop: shopAddress,
    currency: knownCurrency,
    state: program.shape.state.default('open'),
    ratePercent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
    windowDays: z.int().min(1).max(365).default(30),
    allowedDomains: z.array(z.string().max(253)).min(1).max(20),
  }),
  response: program,
});
/** Creates the creator with link and coupon in one step. */
export const addAffiliate = defineContract({
  method: 'POST',
  path: '/v1/affiliates',
  access: write,
  summary: 'Add a creator with link and coupon',
  status: 201,
  body: z.object({
    name: z.string().trim().min(1).max(120),
    code: z.string().regex(/^[a-z0-9-]{3,40}$/),
    destination: z.url().max(500),
    coupon: z.string().trim().min(3).max(40).optional(),
    shopCustomerId: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
  }),
  response: affiliate,
});
export const redirectPath = '/r/:code';
