import { and, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { deletionRequests, users } from '#schema/index.ts';
import type { keptByLaw } from '#shared/contracts/privacy.ts';
import { NO_ORGANIZATION, type Context, type Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { queueMail } from '../../mail/index.ts';
import { asPerson } from '../as-person.ts';
import { GRACE_MS, legalHolds } from './kept-by-law.ts';

/** A wish of this person that is neither done nor taken back. */
const openWish = (userId: string) =>
  and(
    eq(deletionRequests.organizationId, NO_ORGANIZATION),
    eq(deletionRequests.kind, 'person'),
    eq(deletionRequests.subject, userId),
    isNull(deletionRequests.cancelledAt),
    isNull(deletionRequests.doneAt),
  );

/** Begins the seven days after which a person's account is deleted. @throws conflict with the names of what they alone own */
export async function askPersonDeletion(caller: Context): Promise<{ dueAt: string; kept: z.infer<typeof keptByLaw> }> {
  const ctx = asPerson(caller);
  const { userId } = ctx.person();
  const alone = await ownedAlone(ctx, userId);
  if (alone.length > 0)
    throw new AppError(
      'conflict',
      `You are the only owner of ${alone.join(', ')}. Make somebody else an owner there, or delete it first; nothing was deleted.`,
      { reason: 'only_owner_somewhere' },
    );
  const dueAt = new Date(ctx.now().getTime() + GRACE_MS);
  await ctx.transaction(async (tx) => {
    const [user] = await tx.sql.select().from(users).where(eq(users.id, userId)).for('update');
    if (!user) throw new Error('Somebody is signed in who does not exist.');
    if ((await tx.sql.$count(deletionRequests, openWish(userId))) > 0)
      throw new AppError('conflict', 'The deletion was asked for before. It can be taken back until then.', { reason: 'deletion_asked' });
    await tx.sql.insert(deletionRequests).values({
      id: ctx.newId('del'),
      organizationId: ctx.organizationId,
      kind: 'person',
      subject: userId,
      requestedBy: userId,
      dueAt,
      createdAt: ctx.now(),
    });
    await tx.audit('privacy.account_deletion', userId, { dueAt: dueAt.toISOString() });
    await tellOfDeletion(ctx, tx, user, 'account_deletion');
  });
  return { dueAt: dueAt.toISOString(), kept: legalHolds('person', dueAt) };
}

/** By mail, with the way to where it is taken back. */
export async function tellOfDeletion(
  ctx: Context,
  tx: Tx,
  user: typeof users.$inferSelect,
  what: 'account_deletion' | 'account_deletion_waits',
): Promise<void> {
  await queueMail(ctx, tx, {
    template: 'security_notice',
    to: user.email,
    locale: user.locale,
    userId: user.id,
    data: {
      name: user.name,
      what,
      at: ctx.now().toISOString(),
      place: ctx.ports.caller?.place ?? null,
      device: null,
      link: new URL('/settings/account', ctx.ports.settings.APP_ORIGIN).href,
    },
  });
}

export async function keepPerson(caller: Context): Promise<Record<string, never>> {
  const ctx = asPerson(caller);
  const { userId } = ctx.person();
  await ctx.transaction(async (tx) => {
    const [kept] = await tx.sql
      .update(deletionRequests)
      .set({ cancelledAt: ctx.now() })
      .where(openWish(userId))
      .returning({ id: deletionRequests.id });
    if (!kept) throw new AppError('conflict', 'No deletion is under way.', { reason: 'no_deletion' });
    await tx.audit('privacy.account_kept', userId);
  });
  return {};
}

/** Names of the organizations that would be left without an owner. Each is looked into from inside its own walls. */
export async function ownedAlone(ctx: Context, userId: string): Promise<string[]> {
  const { rows } = await ctx.ports.database
    .within({ userId })
    .read((q) =>
      q.execute<{ id: string; name: string }>(
        sql`select o.id, o.name from memberships m join organizations o on o.id = m.organization_id where m.user_id = ${userId} and m.role = 'owner'`,
      ),
    );
  const alone: string[] = [];
  for (const { id, name } of rows) {
    const { rows: others } = await ctx.ports.database
      .within({ organizationId: id })
      .read((q) =>
        q.execute(sql`select 1 from memberships where organization_id = ${id} and role = 'owner' and user_id <> ${userId} limit 1`),
      );
    if (others.length === 0) alone.push(name);
  }
  return alone;
}
