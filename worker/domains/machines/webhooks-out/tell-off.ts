import { and, eq, inArray } from 'drizzle-orm';
import { memberships, organizations, users } from '#schema/index.ts';
import { may, ROLES, ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { queueMail } from '../../mail/index.ts';

/** Who may switch it on again. */
const KEEPERS = ROLES.filter((role) => may(ROLE_PERMISSIONS[role], 'webhooks:write'));
const MOST_MAILS = 10;

/** An endpoint that goes off by itself does not do so quietly: the audit log says why, and who may switch it on again gets a mail. */
export async function tellOff(ctx: Context, tx: Tx, endpoint: { id: string; url: string }, reason: 'gone' | 'failing'): Promise<void> {
  const { host } = new URL(endpoint.url);
  await tx.audit('webhook_endpoint.disabled', endpoint.id, { reason, host });
  const keepers = await tx.sql
    .select({ userId: users.id, email: users.email, name: users.name, locale: users.locale, organization: organizations.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(and(eq(memberships.organizationId, ctx.organizationId), inArray(memberships.role, KEEPERS)))
    .orderBy(memberships.userId)
    .limit(MOST_MAILS);
  for (const { userId, email, name, locale, organization } of keepers)
    await queueMail(ctx, tx, {
      template: 'webhooks_off',
      to: email,
      locale,
      userId,
      data: { name, organization, host, reason, link: `${ctx.ports.settings.APP_ORIGIN}/settings/webhooks` },
    });
}
