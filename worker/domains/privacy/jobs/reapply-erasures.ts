import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { deletionRequests, organizations, users } from '#schema/index.ts';
import { createContext, NO_ORGANIZATION, type Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { readTombstones, type Tombstone } from '../deletion/tombstones.ts';

/** After a backup was restored, what had been deleted since is there again: it is due at once. Without a restore this finds nothing. */
export const reapplyErasures = defineJob({
  name: 'reapply-erasures',
  queue: 'job',
  input: z.object({}),
  async run(ctx) {
    for await (const stone of readTombstones(ctx.ports)) {
      const own = createContext(ctx.ports, stone.kind === 'organization' ? stone.subject : NO_ORGANIZATION, ctx.actor);
      if (await isBack(own, stone)) await ask(own, stone);
    }
  },
});

async function isBack(ctx: Context, { kind, subject }: Tombstone): Promise<boolean> {
  const rows =
    kind === 'organization'
      ? await ctx.read((q) => q.select({ id: organizations.id }).from(organizations).where(eq(organizations.id, subject)))
      : await ctx.read((q) =>
          q
            .select({ id: users.id })
            .from(users)
            .where(and(eq(users.id, subject), isNull(users.disabledAt))),
        );
  return rows.length > 0;
}

async function ask(ctx: Context, { kind, subject }: Tombstone): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [open] = await tx.sql
      .select({ id: deletionRequests.id })
      .from(deletionRequests)
      .where(
        and(
          eq(deletionRequests.organizationId, ctx.organizationId),
          eq(deletionRequests.subject, subject),
          isNull(deletionRequests.cancelledAt),
          isNull(deletionRequests.doneAt),
        ),
      );
    if (open) await tx.sql.update(deletionRequests).set({ dueAt: ctx.now() }).where(eq(deletionRequests.id, open.id));
    else
      await tx.sql.insert(deletionRequests).values({
        id: ctx.newId('del'),
        organizationId: ctx.organizationId,
        kind,
        subject,
        requestedBy: 'tombstone',
        dueAt: ctx.now(),
        createdAt: ctx.now(),
      });
  });
  ctx.log.warn('privacy.erased_again', { kind });
}
