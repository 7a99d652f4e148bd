import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import type { Session } from '#shared/contracts/account.ts';
import type { Context } from '../../../kernel/context.ts';
import { deviceName } from '../device-name.ts';
import { SESSION_DAYS } from './open-session.ts';

/** Where a person is signed in, the last seen first. A session older than its absolute life is over, whatever its row says. */
export async function listSessions(ctx: Context): Promise<{ sessions: Session[] }> {
  const { userId, sessionId } = ctx.person();
  const oldest = new Date(ctx.now().getTime() - SESSION_DAYS * 86_400_000);
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.createdAt, oldest)))
      .orderBy(desc(sessions.lastSeenAt)),
  );
  return {
    sessions: rows.map((row) => ({
      id: row.id,
      client: row.client,
      method: row.method,
      device: deviceName(row.userAgent),
      place: row.place,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.lastSeenAt.toISOString(),
      isThisOne: row.id === sessionId,
    })),
  };
}
