import { sql } from 'drizzle-orm';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { EMBED_PROOF_SOURCE, verifyEmbedToken, type EmbedUse } from '../../kernel/embed-token.ts';
import { AppError } from '../../kernel/errors.ts';

export interface EmbedCaller {
  keyId: string;
  origin: string;
  subject: string | null;
}

/** A widget on a registered page: token, page origin and proof of the page's key must all agree. */
export async function readEmbed(
  ports: Ports,
  request: Request,
  kind: 'lead-roas' | 'affiliate-stats',
): Promise<{ ctx: Context; caller: EmbedCaller }> {
  const refuse = () => new AppError('not_signed_in', 'This page may not show these figures. Reload it; if it stays, check the widget key.');
  const header = request.headers.get('authorization');
  const origin = request.headers.get('origin');
  const proof = request.headers.get('dpop');
  if (!header?.startsWith('DPoP ') || !origin || !proof) throw refuse();
  const token = await verifyEmbedToken(ports.settings.SESSION_KEYS, {
    token: header.slice(5),
    proof,
    method: request.method,
    url: request.url,
    now: ports.now(),
  });
  if (!token || token.kind !== kind || token.origin !== origin) throw refuse();
  const ctx = createContext(ports, token.organizationId, { kind: 'embed', keyId: token.keyId, subject: token.subject });
  if (!(await isFirstUse(ctx, token))) throw refuse();
  return { ctx, caller: { keyId: token.keyId, origin, subject: token.subject } };
}

/** Notes the proof, once: a second use finds its row. A key that was switched off in the meantime notes nothing either. One statement, so a race has one winner. */
async function isFirstUse(ctx: Context, { keyId, proofId }: EmbedUse): Promise<boolean> {
  const { rows } = await ctx.read((q) =>
    q.execute(sql`
    insert into inbox (organization_id, source, event_id, at)
    select k.organization_id, ${EMBED_PROOF_SOURCE}, ${proofId}, ${ctx.now().toISOString()}::timestamptz from embed_keys k where k.organization_id = ${ctx.organizationId} and k.public_key = ${keyId} and k.active
    on conflict do nothing returning event_id`),
  );
  return rows.length > 0;
}

/**
 * Lets a registered page read why it was refused; without it a browser tells its script only that the network failed. That somebody came
 * too often any page may read: a flood must not ask Postgres who it is.
 */
export async function showRefusal(ports: Ports, request: Request, status: number): Promise<Record<string, string>> {
  if (status === 429) return { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
  const origin = request.headers.get('origin');
  return origin && (await isKnownOrigin(ports, origin)) ? { 'access-control-allow-origin': origin, vary: 'Origin' } : { vary: 'Origin' };
}

async function isKnownOrigin(ports: Ports, origin: string): Promise<boolean> {
  const { rows } = await ports.database
    .within({})
    .read((q) => q.execute<{ known: boolean }>(sql`select route_embed_origin(${origin}) as known`));
  return rows[0]?.known === true;
}

/** Browsers ask before they send our headers; only pages that hold an active key get a yes. */
export async function answerPreflight(ports: Ports, request: Request): Promise<Response> {
  const origin = request.headers.get('origin');
  if (!origin || !(await isKnownOrigin(ports, origin))) return new Response(null, { status: 403, headers: { vary: 'Origin' } });
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, dpop, content-type',
      'access-control-max-age': '600',
      vary: 'Origin',
    },
  });
}
