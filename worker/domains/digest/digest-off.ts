import { and, eq } from 'drizzle-orm';
import { memberships } from '#schema/index.ts';
import { createContext, type Ports } from '../../kernel/context.ts';
import { isSignedLink, signLink } from '../../kernel/signed-link.ts';

/** The address in a digest that switches it off; good for as long as digests come. */
export async function digestOffLink(ports: Ports, organizationId: string, userId: string): Promise<string> {
  const url = new URL('/v1/digest/off', ports.settings.API_ORIGIN);
  url.searchParams.set('o', organizationId);
  url.searchParams.set('u', userId);
  url.searchParams.set('mac', await signLink(ports, 'digest-off', organizationId, userId));
  return url.href;
}

/**
 * GET shows one button, because mailboxes open addresses by themselves; POST switches off, for the button and for a mailbox's own
 * (RFC 8058). The answer is the same for every address: nobody learns who is a member.
 */
export async function answerDigestOff(ports: Ports, request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams;
  const [organizationId, userId, mac] = ['o', 'u', 'mac'].map((name) => query.get(name) ?? '') as [string, string, string];
  if (request.method !== 'POST') return page('<h1>Weekly digest</h1><form method="post"><button>Stop the weekly digest</button></form>');
  if (await isSignedLink(ports, mac, 'digest-off', organizationId, userId)) {
    const ctx = createContext(ports, organizationId, { kind: 'job', job: 'digest-off' });
    await ctx.transaction(async (tx) => {
      const [off] = await tx.sql
        .update(memberships)
        .set({ weeklyDigest: false })
        .where(and(eq(memberships.organizationId, organizationId), eq(memberships.userId, userId), eq(memberships.weeklyDigest, true)))
        .returning({ userId: memberships.userId });
      if (off) await tx.audit('account.digest', userId, { weekly: false });
    });
  }
  return page('<h1>Weekly digest</h1><p>It comes no more. You can switch it on again in your account.</p>');
}

const page = (body: string): Response =>
  new Response(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>Weekly digest</title></head><body style="font:16px/24px system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem">${body}</body></html>`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      },
    },
  );
