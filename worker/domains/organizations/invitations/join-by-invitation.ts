import { memberships, users } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { Tokens } from '#shared/contracts/identity.ts';
import type { joinByInvitation as contract } from '#shared/contracts/members.ts';
import { createContext, type Ports } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../kernel/prefixed-id.ts';
import { hashPassword, loadMe, openSession, refuseWeakPassword } from '../../identity/index.ts';
import { emitEvent } from '../../machines/index.ts';
import { readOffer } from './read-invitation.ts';
import { routeInvitation, takeInvitation } from './find-invitation.ts';

/** An account, its membership and the first session, all at once: the link proves the address. Who has an account signs in and accepts. */
export async function joinByInvitation(ports: Ports, input: BodyOf<typeof contract>): Promise<Tokens & { refreshToken: string }> {
  const route = await routeInvitation(ports, input.token);
  const { organizationId, tokenHash } = route;
  // Before the work of a password: links that are good no more cost nothing.
  const offer = await readOffer(ports, route);
  if (offer.hasAccount) throw hasAccount();
  const userId = newId('usr', ports.now().getTime());
  await refuseWeakPassword(ports, input.password, { email: offer.email, name: input.name });
  const passwordHash = await hashPassword(input.password);
  const ctx = createContext(ports, organizationId, {
    kind: 'user',
    userId,
    sessionId: '',
    role: null,
    permissions: [],
    clientId: null,
    provenAt: ports.now(),
  });
  const { sessionId, ...issued } = await ctx.transaction(async (tx) => {
    const invitation = await takeInvitation(ctx, tx, tokenHash, userId);
    const [user] = await tx.sql
      .insert(users)
      .values({
        id: userId,
        email: invitation.email,
        emailKey: invitation.emailKey,
        passwordHash,
        name: input.name,
        locale: input.locale,
        createdAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: users.id });
    if (!user) throw hasAccount();
    await tx.sql.insert(memberships).values({ organizationId, userId, role: invitation.role, clientId: invitation.clientId });
    await tx.audit('member.join', userId, { role: invitation.role, invitation: invitation.id, client: invitation.clientId });
    await emitEvent(ctx, tx, 'member.joined', { userId, role: invitation.role });
    return openSession(ports, tx.sql, { userId, organizationId, client: 'web', method: 'invitation' });
  });
  return { ...issued, me: await loadMe(ports, { userId, organizationId, sessionId }) };
}

const hasAccount = () =>
  new AppError('conflict', 'This address has an account already. Sign in with it, then accept the invitation.', {
    reason: 'address_has_account',
  });
