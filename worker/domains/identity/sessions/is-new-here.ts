import { and, desc, eq, isNull } from 'drizzle-orm';
import { sessions } from '#schema/index.ts';
import type { Ports } from '../../../kernel/context.ts';
import { deviceName } from '../device-name.ts';

/** How many earlier sessions a device or a place is looked for in. */
const REMEMBERED = 100;

/** Whether a person comes from a device or a place of none of their sessions. The very first session is nobody's surprise; a place that Cloudflare does not know is no new place. */
export async function isNewHere(ports: Ports, userId: string): Promise<boolean> {
  const earlier = await ports.database.within({ userId }).read((q) =>
    q
      .select({ userAgent: sessions.userAgent, place: sessions.place })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.supportVisitId)))
      .orderBy(desc(sessions.createdAt))
      .limit(REMEMBERED),
  );
  if (earlier.length === 0) return false;
  const { userAgent = null, place = null } = ports.caller ?? {};
  const device = deviceName(userAgent);
  return !earlier.some((one) => deviceName(one.userAgent) === device) || (place !== null && !earlier.some((one) => one.place === place));
}
