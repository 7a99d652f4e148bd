import { z } from 'zod';
import { randomSecret } from '../../../kernel/bytes.ts';
import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import type { JobRef } from '../../../kernel/define-job.ts';
import { deviceName } from '../device-name.ts';
import { keepSecret } from './one-time-tokens.ts';

export const WISHED = ['magic_link', 'reset_password'] as const;
/** What a wish carries, sealed: for which address, and where it came from. */
export const wish = z.object({ email: z.string(), place: z.string().nullable(), device: z.string().nullable() });
type Wish = z.infer<typeof wish>;
/** A wish that was not granted within this time never is. */
const MINUTES = 15;

export const sendLinkRef: JobRef<{ wish: string }> = { name: 'send-link', queue: 'mail', input: z.object({ wish: z.string() }) };

/**
 * Somebody wants a link for an address. Written down and answered; whether the address has an account is looked up only afterwards, by
 * the job: neither the answer nor its time can tell. Nobody holds a secret that opens a wish, so it is good for nothing else.
 */
export async function wishForLink(ports: Ports, purpose: (typeof WISHED)[number], email: string): Promise<Record<string, never>> {
  const ctx = createContext(ports, NO_ORGANIZATION, { kind: 'job', job: sendLinkRef.name });
  const { place = null, userAgent = null } = ports.caller ?? {};
  const payload: Wish = { email, place, device: deviceName(userAgent) };
  await ctx.transaction(async (tx) => {
    const hash = await keepSecret(ports, tx.sql, { secret: randomSecret(), purpose, userId: null, payload, minutes: MINUTES });
    await tx.enqueue(sendLinkRef, { wish: hash });
  });
  return {};
}
