import { and, eq, inArray, notInArray } from 'drizzle-orm';
import { adAccounts, memberships, organizations, users } from '#schema/index.ts';
import { may, ROLES, ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';
import { formatMinor } from '#shared/rules/money.ts';
import { APPROVAL_MS } from '#shared/rules/spend-limits.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { queueMail } from '../../mail/index.ts';
import type { LaunchRow } from '../launch-facts.ts';
import { correctorsOf, type Approval } from './read-approvals.ts';

const APPROVERS = ROLES.filter((role) => may(ROLE_PERMISSIONS[role], 'launches:approve'));
const MOST_MAILS = 20;

/** A mail to those who may be the second person. Returns how many there are. */
export async function tellApprovers(ctx: Context, tx: Tx, launch: LaunchRow, askedBy: string): Promise<number> {
  const authors = [launch.plannerId ?? askedBy, ...(await correctorsOf(ctx, tx, launch.id))];
  const [asker] = await tx.sql.select({ name: users.name }).from(users).where(eq(users.id, askedBy));
  const [account] = await tx.sql
    .select({ name: adAccounts.name })
    .from(adAccounts)
    .where(and(eq(adAccounts.id, launch.accountId), eq(adAccounts.organizationId, ctx.organizationId)));
  const people = await tx.sql
    .select({ userId: users.id, email: users.email, name: users.name, locale: users.locale, organization: organizations.name })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(
      and(
        eq(memberships.organizationId, ctx.organizationId),
        inArray(memberships.role, APPROVERS),
        notInArray(memberships.userId, authors),
      ),
    )
    .orderBy(memberships.userId)
    .limit(MOST_MAILS);
  for (const { userId, email, name, locale, organization } of people)
    await queueMail(ctx, tx, {
      template: 'approval_asked',
      to: email,
      locale,
      userId,
      data: {
        name,
        organization,
        launch: launch.name,
        account: account?.name ?? '',
        askedBy: asker?.name ?? '',
        amount: formatMinor(BigInt(launch.capMinor), launch.currency, locale),
        expiresAt: new Date(ctx.now().getTime() + APPROVAL_MS).toISOString(),
        link: linkTo(ctx, launch),
      },
    });
  return people.length;
}

/** What came of a request, to whoever asked, if they are here still. */
export async function tellAsker(
  ctx: Context,
  tx: Tx,
  launch: LaunchRow,
  request: Approval | null,
  { decision, reason }: { decision: 'approved' | 'declined'; reason: string | null },
): Promise<void> {
  const { userId } = ctx.person();
  if (!request || request.askedBy === null || request.askedBy === userId) return;
  const rows = await tx.sql
    .select({ userId: users.id, email: users.email, name: users.name, locale: users.locale })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organizationId, ctx.organizationId), inArray(memberships.userId, [request.askedBy, userId])));
  const asker = rows.find((row) => row.userId === request.askedBy);
  if (!asker) return;
  await queueMail(ctx, tx, {
    template: 'approval_decided',
    to: asker.email,
    locale: asker.locale,
    userId: asker.userId,
    data: {
      name: asker.name,
      launch: launch.name,
      decidedBy: rows.find((row) => row.userId === userId)?.name ?? '',
      decision,
      reason,
      link: linkTo(ctx, launch),
    },
  });
}

const linkTo = (ctx: Context, launch: LaunchRow): string => `${ctx.ports.settings.APP_ORIGIN}/launches/${launch.id}`;
