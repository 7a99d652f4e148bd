import { and, count, eq, gt } from 'drizzle-orm';
import { invitations, users } from '#schema/index.ts';
import type { Role } from '#shared/rules/permissions.ts';
import { randomSecret, sha256Hex } from '../../../kernel/bytes.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import { linkTo } from '../../identity/index.ts';
import { queueMail } from '../../mail/index.ts';

const GOOD_DAYS = 7;
const DAY_MS = 86_400_000;
/** Mails in our name to addresses nobody has proven: an agency invites a few dozen, a stolen login thousands. */
const MOST_A_DAY = 100;

/** A fresh secret for the link of a mail; only its hash is kept, and it is good for seven days. */
export async function newLink(now: Date): Promise<{ token: string; tokenHash: string; sentAt: Date; expiresAt: Date }> {
  const token = `iti_${randomSecret(32)}`;
  return { token, tokenHash: await sha256Hex(token), sentAt: now, expiresAt: new Date(now.getTime() + GOOD_DAYS * DAY_MS) };
}

/** @throws too_many when the organization has sent as many invitations as one may in a day */
export async function requireRoomToInvite(ctx: Context, tx: Tx): Promise<void> {
  const [sent] = await tx.sql
    .select({ n: count() })
    .from(invitations)
    .where(and(eq(invitations.organizationId, ctx.organizationId), gt(invitations.sentAt, new Date(ctx.now().getTime() - DAY_MS))));
  if (sent && sent.n >= MOST_A_DAY)
    throw new AppError(
      'too_many',
      `${sent.n} invitations went out within a day, which is as many as may. Those that were sent are good; send further ones tomorrow.`,
      {
        reason: 'most_invitations',
        retryAfterSeconds: 3600,
      },
    );
}

/** In the organization's language: what the invited person reads is not known yet. */
export async function mailInvitation(
  ctx: Context,
  tx: Tx,
  invitation: { email: string; role: Role; token: string; expiresAt: Date },
  organization: { name: string; locale: string },
): Promise<void> {
  const [sender] = await tx.sql.select({ name: users.name }).from(users).where(eq(users.id, ctx.person().userId));
  if (!sender) throw notFound('account');
  await queueMail(ctx, tx, {
    template: 'invitation',
    to: invitation.email,
    locale: organization.locale,
    data: {
      organization: organization.name,
      invitedBy: sender.name,
      role: invitation.role,
      link: linkTo(ctx.ports, '/join', invitation.token),
      expiresAt: invitation.expiresAt.toISOString(),
    },
  });
}
