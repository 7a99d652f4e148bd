import { z } from 'zod';
import { basis, level, window } from '#shared/contracts/metrics.ts';
import type { Kind } from '../messaging/messages.ts';

const digits = z.string().regex(/^\d{1,20}$/);
const days = z.union([z.literal(1), z.literal(7), z.literal(14), z.literal(28), z.literal(30), z.literal(60), z.literal(90)]);
const prefs = z
  .strictObject({
    window: z.union([z.literal('follow'), z.literal('lifetime'), days]),
    basis,
    rowFigures: z.boolean(),
    hidden: z.strictObject({ meta: z.boolean(), hubspot: z.boolean() }),
  })
  .partial();
const page = z.union([
  z.strictObject({ platform: z.literal('meta'), accountExternalId: digits, level }),
  z.strictObject({ platform: z.literal('hubspot'), portalId: digits, contactId: digits }),
]);
const question = z.strictObject({
  accountExternalId: digits,
  level,
  window,
  basis,
  ids: z.array(digits).max(200),
  withTotals: z.boolean(),
});
const nothing = z.null();

/** The closed set of questions with the shape each must have. A content script may ask only those that begin with "overlay.". */
export const MESSAGE_SCHEMAS: Record<Kind, z.ZodType> = {
  'api.call': z.strictObject({
    contract: z.string().max(80),
    input: z
      .strictObject({
        params: z.record(z.string(), z.unknown()),
        query: z.record(z.string(), z.unknown()),
        body: z.unknown(),
        idempotencyKey: z.string().max(200),
        headers: z.record(z.string(), z.string()),
      })
      .partial(),
  }),
  'session.get': nothing,
  'session.signIn': z.strictObject({ interactive: z.boolean() }),
  'session.signOut': nothing,
  'session.move': z.strictObject({
    // A support visit is a session of its own, which only the web home can keep.
    move: z.enum(['switch', 'create', 'accept']),
    input: z.strictObject({ params: z.record(z.string(), z.unknown()), body: z.unknown() }).partial(),
  }),
  'api.picture': z.strictObject({ path: z.string().regex(/^\/v1\/(?:organization|clients\/[\w-]{3,64})\/logo(?:\?v=[\w-]{1,40})?$/) }),
  'api.putPicture': z.strictObject({
    path: z.string().regex(/^\/v1\/(?:organization|clients\/[\w-]{3,64})\/logo$/),
    bytes: z.base64().max(1_000_000),
  }),
  'page.current': z.strictObject({ windowId: z.int() }),
  'prefs.get': nothing,
  'prefs.set': prefs,
  'consent.get': nothing,
  'consent.give': nothing,
  'overlay.state': z.strictObject({ page: page.nullable() }),
  'overlay.cached': question,
  'overlay.metrics': question,
  'overlay.leadCard': z.strictObject({ portalId: digits, contactId: digits }),
  'overlay.setPrefs': prefs,
  'overlay.openPanel': nothing,
  'overlay.health': z.strictObject({
    feature: z.string().max(40),
    variant: z.string().max(40).nullable(),
    code: z.string().max(60),
    count: z.int(),
  }),
};
