import { and, eq } from 'drizzle-orm';
import { connections, platformDeletions } from '#schema/index.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { endConnection } from '../../connections/index.ts';
import { erasePlatformUserRef } from './refs.ts';

/**
 * Forgets a user of a platform in every organization they connected: tokens, name and number go, the connection ends. Ad accounts and
 * their figures are the organization's own and stay.
 */
export const erasePlatformUser = defineJob({
  ...erasePlatformUserRef,
  async run(ctx, { code, connections: held }) {
    for (const { organizationId, connectionId } of held)
      await forget(createContext({ ...ctx.ports, log: ctx.log }, organizationId, ctx.actor), connectionId);
    await ctx.read((q) =>
      q
        .update(platformDeletions)
        .set({ state: 'done', doneAt: ctx.now() })
        .where(and(eq(platformDeletions.code, code), eq(platformDeletions.state, 'received'))),
    );
  },
});

async function forget(ctx: Context, connectionId: string): Promise<void> {
  await ctx.transaction(async (tx) => {
    await endConnection(ctx, tx, connectionId);
    const [row] = await tx.sql
      .update(connections)
      .set({ displayName: '', externalId: `gone:${connectionId}`, updatedAt: ctx.now() })
      .where(and(eq(connections.id, connectionId), eq(connections.organizationId, ctx.organizationId)))
      .returning({ id: connections.id });
    if (row) await tx.audit('privacy.platform_user', connectionId, { provider: 'meta' });
  });
}
