import type { Tokens } from '#shared/contracts/identity.ts';
import { NO_ORGANIZATION, type Context, type Ports, type Tx } from '../../../kernel/context.ts';
import type { User } from '../account/own-user.ts';
import { actingPerson } from '../acting-person.ts';
import { loadMe } from '../load-me.ts';
import { queueSecurityNotice } from '../security-notice.ts';
import { isNewHere } from '../sessions/is-new-here.ts';
import { openSession, type SessionStart } from '../sessions/open-session.ts';
import { holdUnchanged } from './hold-unchanged.ts';

/**
 * A web session where the person worked last, or in the oldest organization they belong to. A device or a place never seen before is told
 * by mail. `also` is done in the same transaction, or nothing is.
 * @param user as they were when their factor was judged
 */
export async function startSession(
  ports: Ports,
  user: User,
  method: SessionStart['method'],
  also?: (ctx: Context, tx: Tx) => Promise<void>,
): Promise<Tokens & { refreshToken: string }> {
  const [ctx, isNew] = await Promise.all([actingPerson(ports, user.id), isNewHere(ports, user.id)]);
  const organizationId = ctx.organizationId === NO_ORGANIZATION ? null : ctx.organizationId;
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    await holdUnchanged(tx.sql, user);
    await also?.(ctx, tx);
    const opened = await openSession(ports, tx.sql, { userId: user.id, organizationId, client: 'web', method });
    await tx.audit('identity.sign_in', user.id, { method, session: opened.sessionId });
    if (isNew) await queueSecurityNotice(ctx, tx, user, 'new_sign_in');
    return opened;
  });
  return { ...issued, me: await loadMe(ports, { userId: user.id, organizationId, sessionId }) };
}
