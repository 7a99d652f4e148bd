import { and, eq } from 'drizzle-orm';
import { memberships } from '#schema/index.ts';
import { chooseLocale, directionOf, type Locale } from '#shared/messages/locales.ts';
import { createContext, type Ports } from '../../kernel/context.ts';
import { isSignedLink, signLink } from '../../kernel/signed-link.ts';

const WORDS: Record<Locale, { title: string; stop: string; stopped: string }> = {
  en: {
    title: 'Weekly digest',
    stop: 'Stop the weekly digest',
    stopped: 'It comes no more. You can switch it on again in your account.',
  },
  fr: {
    title: 'Résumé hebdomadaire',
    stop: 'Ne plus recevoir le résumé hebdomadaire',
    stopped: 'Il ne viendra plus. Vous pouvez le réactiver dans votre compte.',
  },
  ar: {
    title: 'الملخص الأسبوعي',
    stop: 'إيقاف الملخص الأسبوعي',
    stopped: 'لن يصلك بعد الآن. يمكنك تشغيله من جديد في حسابك.',
  },
};

/** The address in a digest that switches it off, in the language of the digest; good for as long as digests come. */
export async function digestOffLink(ports: Ports, organizationId: string, userId: string, locale: Locale): Promise<string> {
  const url = new URL('/v1/digest/off', ports.settings.API_ORIGIN);
  url.searchParams.set('o', organizationId);
  url.searchParams.set('u', userId);
  url.searchParams.set('l', locale);
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
  const locale = chooseLocale([query.get('l') ?? '']);
  const words = WORDS[locale];
  if (request.method !== 'POST')
    return page(locale, `<form method="post"><button style="font:inherit;padding:.5rem 1rem">${words.stop}</button></form>`);
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
  return page(locale, `<p>${words.stopped}</p>`);
}

const page = (locale: Locale, body: string): Response =>
  new Response(
    `<!doctype html><html lang="${locale}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${WORDS[locale].title}</title></head><body style="font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem"><main><h1 style="font-size:1.5rem;line-height:1.3">${WORDS[locale].title}</h1>${body}</main></body></html>`,
    {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
      },
    },
  );
