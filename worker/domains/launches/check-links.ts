import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { checkLinks as contract } from '#shared/contracts/launches.ts';
import { checkLandingPage, sampleLink } from '#shared/rules/landing-page.ts';
import type { Context } from '../../kernel/context.ts';
import { createVisitor, type OpenedPage } from '../../kernel/open-page.ts';

/** Three calls for a page that answers at once, and room for some that lead elsewhere; the rest of an invocation's fifty is Postgres's. */
const LIMITS = { timeoutMs: 8_000, mostRedirects: 4, mostBytes: 65_536, mostCalls: 36 };
/** A page that answered is not opened again for a while, so that looking at a plan twice does not knock twice. */
const FRESH_MS = 5 * 60_000;
const MOST_KEPT = 500;
const kept = new Map<string, { page: OpenedPage; at: number }>();

/** Opens each landing page as a click on an ad would. Says nothing of any other check, stores nothing. */
export async function checkLinks(ctx: Context, { platform, links, again }: BodyOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const visit = createVisitor(ctx.ports, LIMITS);
  return {
    links: await Promise.all(
      links.map(async ({ url, parameters, language }) => {
        const sent = sampleLink(url, parameters, platform);
        const { status, error, finalUrl, redirects, ...page } = await visitOnce(ctx, sent, again, visit);
        return {
          url,
          status,
          finalUrl,
          redirects,
          language: page.language,
          findings: checkLandingPage(sent, { status, error, finalUrl, language: page.language }, language),
        };
      }),
    ),
  };
}

/** Kept in this isolate and for this organization only. */
async function visitOnce(
  ctx: Context,
  address: string,
  again: boolean,
  visit: (address: string) => Promise<OpenedPage>,
): Promise<OpenedPage> {
  const now = ctx.now().getTime();
  const key = `${ctx.organizationId} ${address}`;
  const held = kept.get(key);
  if (held && !again && now - held.at < FRESH_MS) return held.page;
  const page = await visit(address);
  kept.delete(key);
  if (page.error !== null) return page;
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(key, { page, at: now });
  return page;
}
