import { and, eq, inArray, isNull } from 'drizzle-orm';
import { refreshTokens, sessions } from '#schema/index.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Ports } from '../../../kernel/context.ts';

/** Ends the session of a refresh token; an unknown token ends nothing and says nothing. */
export async function signOut(ports: Ports, refreshToken: string | null): Promise<Record<string, never>> {
  if (!refreshToken) return {};
  const hash = await sha256Hex(refreshToken);
  await ports.database.within({}).read((q) =>
    q
      .update(sessions)
      .set({ revokedAt: ports.now(), revokedReason: 'sign_out' })
      .where(
        and(
          isNull(sessions.revokedAt),
          inArray(sessions.id, q.select({ id: refreshTokens.sessionId }).from(refreshTokens).where(eq(refreshTokens.hash, hash))),
        ),
      ),
  );
  return {};
}
