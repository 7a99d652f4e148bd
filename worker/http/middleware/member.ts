import { and, eq, isNull } from 'drizzle-orm';
import { memberships, sessions, users } from '#schema/index.ts';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { ROLE_PERMISSIONS } from '../../kernel/permissions.ts';
import { verifyAccessToken } from '../../kernel/access-token.ts';

/**
 * The signed-in member behind a request. The token proves who; one look-up proves that the session, the person and the membership
 * still stand, so a sign-out or a removed member takes effect at once.
 */
export async function readMember(ports: Ports, request: Request): Promise<Context> {
  const header = request.headers.get('authorization');
  if (!header?.startsWith('Bearer ')) throw notSignedIn();
  const claims = await verifyAccessToken(ports.settings.SESSION_KEY, header.slice(7), ports.now());
  if (!claims) throw notSignedIn();
  const [row] = await ports.database.within({ organizationId: claims.organizationId, userId: claims.userId }).read((q) =>
    q
      .select({ role: memberships.role })
      .from(sessions)
      .innerJoin(users, and(eq(users.id, sessions.userId), isNull(users.disabledAt)))
      .innerJoin(memberships, and(eq(memberships.userId, sessions.userId), eq(memberships.organizationId, sessions.organizationId)))
      .where(
        and(
          eq(sessions.id, claims.sessionId),
          eq(sessions.userId, claims.userId),
          eq(sessions.organizationId, claims.organizationId),
          isNull(sessions.revokedAt),
        ),
      ),
  );
  if (!row) throw notSignedIn();
  return createContext(ports, claims.organizationId, {
    kind: 'user',
    userId: claims.userId,
    sessionId: claims.sessionId,
    role: row.role,
    permissions: ROLE_PERMISSIONS[row.role],
  });
}

const notSignedIn = () => new AppError('not_signed_in', 'Your session has ended. Sign in again; nothing you typed is lost.');
