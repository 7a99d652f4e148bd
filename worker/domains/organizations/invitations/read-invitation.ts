import { eq } from 'drizzle-orm';
import { invitations, organizations, users } from '#schema/index.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import type { readInvitation as contract } from '#shared/contracts/members.ts';
import type { Ports } from '../../../kernel/context.ts';
import { goodNoMore, isOpen, routeInvitation, type InvitationRoute } from './find-invitation.ts';

type Offer = ResponseOf<typeof contract>;

/** What the holder of the link sees, by its token. */
export async function readInvitation(ports: Ports, token: string): Promise<Offer> {
  return readOffer(ports, await routeInvitation(ports, token));
}

/** What the holder of the link sees before they decide. Who holds it reads the invited mailbox, so that its account is told here and nowhere else. */
export async function readOffer(ports: Ports, { organizationId, tokenHash }: InvitationRoute): Promise<Offer> {
  const inside = ports.database.within({ organizationId });
  const [row] = await inside.read((q) =>
    q
      .select({ invitation: invitations, organization: organizations.name, invitedBy: users.name })
      .from(invitations)
      .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
      .innerJoin(users, eq(users.id, invitations.invitedBy))
      .where(isOpen({ organizationId, now: () => ports.now() }, tokenHash)),
  );
  if (!row) throw goodNoMore();
  const [account] = await inside.read((q) => q.select({ id: users.id }).from(users).where(eq(users.emailKey, row.invitation.emailKey)));
  return {
    organization: row.organization,
    invitedBy: row.invitedBy,
    email: row.invitation.email,
    role: row.invitation.role,
    hasAccount: account !== undefined,
    expiresAt: row.invitation.expiresAt.toISOString(),
  };
}
