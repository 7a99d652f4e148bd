import { z } from 'zod';

/** A visit of a link, as it travels to the consumer that stores it. */
export const click = z.object({
  /** The signed click id. */
  id: z.string().length(32),
  linkId: z.string().length(16),
  kind: z.enum(['human', 'bot']),
  visitorHash: z.string(),
  at: z.iso.datetime(),
});
export type Click = z.infer<typeof click>;

/** What is kept in storage when the queue refuses a click: everything the queue would have carried. */
export const waitingClick = z.object({ organizationId: z.string(), click });
export const WAITING_CLICKS = 'clicks/';
