import { sql } from 'drizzle-orm';
import { platformDeletions } from '#schema/index.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import { createContext, NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { signLink } from '../../../kernel/signed-link.ts';
import { erasePlatformUserRef } from '../jobs/refs.ts';
import { readSignedRequest } from './signed-request.ts';

const MOST_BYTES = 10_000;

/** Meta's data deletion callback: what is known of this user of theirs goes, and they get an address where that can be followed. */
export async function takeDeletionRequest(ports: Ports, request: Request): Promise<Response> {
  const text = await request.text();
  if (text.length > MOST_BYTES) throw new AppError('too_large', 'A signed request is smaller than this.');
  const signed = await readSignedRequest(ports.settings.META_APP_SECRET, new URLSearchParams(text).get('signed_request') ?? '');
  if (!signed) {
    ports.log.warn('webhook.refused', { source: 'meta', reason: 'bad_signature' });
    throw new AppError('not_signed_in', 'The signed request is not signed by Meta for this app.');
  }
  // The same request has the same code: sent again, by Meta or by whoever overheard it, it begins nothing and reaches no later connection.
  const code = (await signLink(ports, 'platform-deletion', signed.mark)).slice(0, 24);
  const { rows } = await ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string; connection_id: string }>(
        sql`select organization_id, connection_id from route_any_connection('meta', ${signed.userId})`,
      ),
    );
  const ctx = createContext(ports, NO_ORGANIZATION, { kind: 'webhook', source: 'meta' });
  await ctx.transaction(async (tx) => {
    const [taken] = await tx.sql
      .insert(platformDeletions)
      .values({
        code,
        provider: 'meta',
        externalUserHash: await sha256Hex(`meta|${signed.userId}`),
        state: 'received',
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ code: platformDeletions.code });
    if (!taken) return;
    await tx.enqueue(erasePlatformUserRef, {
      code,
      connections: rows.map((row) => ({ organizationId: row.organization_id, connectionId: row.connection_id })),
    });
  });
  return Response.json({ url: new URL(`/legal/deletion?code=${code}`, ports.settings.APP_ORIGIN).href, confirmation_code: code });
}
