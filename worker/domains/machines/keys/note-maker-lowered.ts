import { and, eq, isNull } from 'drizzle-orm';
import { apiKeys } from '#schema/index.ts';
import { may, ROLE_PERMISSIONS, type Role } from '#shared/rules/permissions.ts';
import type { Context, Tx } from '../../../kernel/context.ts';

/** Who may do less now may still hold a key that does more: each is written into the audit log in the transaction of the change. */
export async function noteMakerLowered(ctx: Context, tx: Tx, userId: string, role: Role): Promise<void> {
  const held = await tx.sql
    .select({ id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.organizationId, ctx.organizationId), eq(apiKeys.createdBy, userId), isNull(apiKeys.revokedAt)));
  for (const { id, name, scopes } of held) {
    const beyond = scopes.filter((scope) => !may(ROLE_PERMISSIONS[role], scope));
    if (beyond.length > 0) await tx.audit('key.beyond_maker', id, { name, createdBy: userId, scopes: beyond });
  }
}
