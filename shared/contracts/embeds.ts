import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { currency, id, instant, minor } from './parts.ts';
import { leadCard } from './revenue.ts';

export const embedKind = z.enum(['lead-roas', 'affiliate-stats']);
export const embedKey = z.object({
  id,
  publicKey: z.string(),
  kind: embedKind,
  origin: z.string(),
  active: z.boolean(),
  createdAt: instant,
});
export const listEmbedKeys = defineContract({
  method: 'GET',
  path: '/v1/embed-keys',
  access: { kind: 'member', permission: 'embeds:read' },
  summary: 'Public keys of pages that show a widget',
  /** script is the address of the widget's loader, for the page's script tag. */
  response: z.object({ keys: z.array(embedKey), script: z.url() }),
});
export const createEmbedKey = defineContract({
  method: 'POST',
  path: '/v1/embed-keys',
  access: { kind: 'member', permission: 'embeds:write' },
  summary: 'Allow one page origin to show one kind of widget',
  status: 201,
  body: z.object({
    kind: embedKind,
    origin: z
      .string()
      .max(200)
      .refine((u) => URL.canParse(u) && new URL(u).origin === u, 'Give the origin only, such as https://shop.example.com'),
  }),
  response: embedKey,
});

/**
 * A token for a page: 10 minutes, bound to the page's origin (checked against the Origin header, here and at every use) and to
 * jkt, the thumbprint (RFC 7638) of a P-256 key that the page cannot export. Every use carries `DPoP: <proof>` (RFC 9449).
 * subject is what the page asks about: a HubSpot contact id for lead-roas; unused for affiliate-stats, whose subject is proven by the shop.
 * portal is the HubSpot portal the contact is in; only an organization with several portals has to name it.
 */
export const mintEmbedToken = defineContract({
  method: 'POST',
  path: '/v1/embeds/token',
  access: { kind: 'public' },
  summary: 'A short-lived token for a widget on a registered page',
  body: z.object({
    key: z.string().max(64),
    jkt: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    subject: z.string().max(64).optional(),
    portal: z
      .string()
      .regex(/^\d{1,20}$/)
      .optional(),
  }),
  response: z.object({ token: z.string(), expiresIn: z.int() }),
});
/** On Shopify the same answer comes from GET https://{shop}/apps/inlay/token?jkt=… through the signed app proxy. */
export const shopifyProxyTokenPath = '/apps/inlay/token';

export const embedLeadRoas = defineContract({
  method: 'GET',
  path: '/v1/embeds/lead-roas',
  access: { kind: 'embed', embed: 'lead-roas' },
  summary: "The contact card of the token's subject",
  response: leadCard,
});
export const affiliateStats = z.object({
  affiliate: z.object({ name: z.string(), coupon: z.string().nullable(), link: z.string().nullable() }).nullable(),
  /** Null numbers are unknown, with the reason beside them. */
  clicks: z.int().nullable(),
  orders: z.int().nullable(),
  netSalesMinor: minor.nullable(),
  commissionMinor: minor.nullable(),
  pendingMinor: minor.nullable(),
  currency,
  nullReason: z.string().nullable(),
  asOf: instant,
});
export type AffiliateStats = z.infer<typeof affiliateStats>;
export const embedAffiliateStats = defineContract({
  method: 'GET',
  path: '/v1/embeds/affiliate-stats',
  access: { kind: 'embed', embed: 'affiliate-stats' },
  summary: "The creator's own figures in this shop",
  response: affiliateStats,
});
