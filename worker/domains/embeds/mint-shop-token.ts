import { and, eq, sql } from 'drizzle-orm';
import { embedKeys } from '#schema/index.ts';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { findByCustomer } from '../affiliates/index.ts';
import { verifyAppProxy } from './app-proxy.ts';
import { issueToken } from './issue-token.ts';

export type ShopToken = { token: string; expiresIn: number } | { signIn: true; notLinked?: true };

/**
 * A token for the creator who is signed in to a shop, asked for through the shop's signed proxy. `signIn` = no figures for who looks;
 * with `notLinked` a customer is signed in who is no creator (a widget that does not know the word asks to sign in). A page cannot ask for another customer: the shop itself puts the id in and signs it.
 */
export async function mintShopToken(ports: Ports, request: Request): Promise<ShopToken> {
  const query = new URL(request.url).searchParams;
  const { SHOPIFY_CLIENT_SECRET: secret, SHOPIFY_CLIENT_SECRET_PREVIOUS: previous } = ports.settings;
  const caller =
    (await verifyAppProxy(query, secret, ports.now())) ??
    (previous === undefined ? null : await verifyAppProxy(query, previous, ports.now()));
  if (!caller) throw new AppError('not_signed_in', "This request does not carry the shop's signature, or it is too old. Reload the page.");
  const jkt = query.get('jkt') ?? '';
  if (!/^[A-Za-z0-9_-]{43}$/.test(jkt)) throw new AppError('malformed', 'The request names no key of the page.');
  if (caller.customerId === null) return { signIn: true };

  const { rows: owners } = await ports.database
    .within({})
    .read((q) => q.execute<{ organization_id: string }>(sql`select organization_id from route_connection('shopify', ${caller.shop})`));
  for (const { organization_id: organizationId } of owners) {
    const ctx = createContext(ports, organizationId, { kind: 'embed', keyId: 'app-proxy', subject: null });
    const affiliateId = await findByCustomer(ctx, caller.shop, caller.customerId);
    if (affiliateId === null) continue;
    const page = await pageOf(ctx, [request.headers.get('x-forwarded-host') ?? '', caller.shop]);
    if (!page) throw new AppError('not_allowed', "No widget key is registered for this shop's address. Create one under Widgets.");
    return issueToken(ports, {
      organizationId,
      keyId: page.publicKey,
      kind: 'affiliate-stats',
      origin: page.origin,
      subject: affiliateId,
      jkt,
    });
  }
  return { signIn: true, notLinked: true };
}

/** The registered page the token is bound to: the address the visitor is on, else the shop's own. A browser says in every later call where it is. */
async function pageOf(ctx: Context, hosts: readonly string[]): Promise<typeof embedKeys.$inferSelect | undefined> {
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(embedKeys)
      .where(and(eq(embedKeys.organizationId, ctx.organizationId), eq(embedKeys.kind, 'affiliate-stats'), eq(embedKeys.active, true))),
  );
  return hosts.map((host) => rows.find((row) => row.origin === `https://${host}`)).find((row) => row !== undefined);
}
