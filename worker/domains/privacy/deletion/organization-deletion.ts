import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import { deletionRequests, memberships, organizations, users } from '#schema/index.ts';
import type { keptByLaw } from '#shared/contracts/privacy.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { queueMail } from '../../mail/index.ts';
import { GRACE_MS, legalHolds } from './kept-by-law.ts';

/** Begins the seven days after which an organization is deleted; every owner is told. */
export async function askOrganizationDeletion(ctx: Context, name: string): Promise<{ dueAt: string; kept: z.infer<typeof keptByLaw> }> {
  const { userId } = ctx.person();
  const dueAt = new Date(ctx.now().getTime() + GRACE_MS);
  await ctx.transaction(async (tx) => {
    const [own] = await tx.sql
      .select({ name: organizations.name })
      .from(organizations)
      .where(eq(organizations.id, ctx.organizationId))
      .for('update');
    if (!own || own.name !== name)
      throw new AppError('invalid_input', "Type the organization's name exactly as it is shown. Nothing was deleted.", {
        fields: [{ path: 'name', message: "This is not the organization's name." }],
      });
    const [begun] = await tx.sql
      .update(organizations)
      .set({ deletionDueAt: dueAt })
      .where(and(eq(organizations.id, ctx.organizationId), isNull(organizations.deletionDueAt)))
      .returning({ id: organizations.id });
    if (!begun)
      throw new AppError('conflict', 'The deletion was asked for before. It can be taken back in the settings.', {
        reason: 'deletion_asked',
      });
    await tx.sql.insert(deletionRequests).values({
      id: ctx.newId('del'),
      organizationId: ctx.organizationId,
      kind: 'organization',
      subject: ctx.organizationId,
      requestedBy: userId,
      dueAt,
      createdAt: ctx.now(),
    });
    await tx.audit('privacy.organization_deletion', ctx.organizationId, { dueAt: dueAt.toISOString() });
    await tellOwners(ctx, tx);
  });
  return { dueAt: dueAt.toISOString(), kept: legalHolds('organization', dueAt) };
}

/** Takes the deletion back, while it has not begun. */
export async function keepOrganization(ctx: Context): Promise<Record<string, never>> {
  await ctx.transaction(async (tx) => {
    const [kept] = await tx.sql
      .update(deletionRequests)
      .set({ cancelledAt: ctx.now() })
      .where(
        and(
          eq(deletionRequests.organizationId, ctx.organizationId),
          eq(deletionRequests.kind, 'organization'),
          isNull(deletionRequests.begunAt),
          isNull(deletionRequests.cancelledAt),
          isNull(deletionRequests.doneAt),
        ),
      )
      .returning({ id: deletionRequests.id });
    if (!kept) throw new AppError('conflict', 'No deletion is under way that could still be taken back.', { reason: 'no_deletion' });
    await tx.sql.update(organizations).set({ deletionDueAt: null }).where(eq(organizations.id, ctx.organizationId));
    await tx.audit('privacy.organization_kept', ctx.organizationId);
  });
  return {};
}

async function tellOwners(ctx: Context, tx: Tx): Promise<void> {
  const owners = await tx.sql
    .select({ id: users.id, email: users.email, name: users.name, locale: users.locale })
    .from(memberships)
    .innerJoin(users, and(eq(users.id, memberships.userId), isNull(users.disabledAt)))
    .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.role, 'owner')));
  for (const owner of owners)
    await queueMail(ctx, tx, {
      template: 'security_notice',
      to: owner.email,
      locale: owner.locale,
      userId: owner.id,
      data: {
        name: owner.name,
        what: 'organization_deletion',
        at: ctx.now().toISOString(),
        place: ctx.ports.caller?.place ?? null,
        device: null,
        link: new URL('/settings/data', ctx.ports.settings.APP_ORIGIN).href,
      },
    });
}
