import { and, eq, lt } from 'drizzle-orm';
import { inbox } from '#schema/index.ts';
import { EMBED_PROOF_SOURCE, EMBED_TOKEN_SECONDS, signEmbedToken, type EmbedClaims } from '../../kernel/embed-token.ts';
import type { Ports } from '../../kernel/context.ts';

/** Longer than any proof is accepted, so a used one is never forgotten while it could be used again. */
const FORGET_PROOFS_MS = 10 * 60_000;

/** A token for one page, one subject and one key of the page. Used proofs that are too old to be accepted are forgotten on the way. */
export async function issueToken(ports: Ports, claims: EmbedClaims): Promise<{ token: string; expiresIn: number }> {
  const now = ports.now();
  const old = and(
    eq(inbox.organizationId, claims.organizationId),
    eq(inbox.source, EMBED_PROOF_SOURCE),
    lt(inbox.at, new Date(now.getTime() - FORGET_PROOFS_MS)),
  );
  ports.waitUntil(
    ports.database
      .within({ organizationId: claims.organizationId })
      .read((q) => q.delete(inbox).where(old))
      .catch((error: unknown) => ports.log.error('embed.proofs_not_forgotten', error)),
  );
  return { token: await signEmbedToken(ports.settings.SESSION_KEYS, claims, now), expiresIn: EMBED_TOKEN_SECONDS };
}
