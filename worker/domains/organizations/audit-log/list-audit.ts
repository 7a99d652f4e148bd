import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { apiKeys, auditLog, clients, connections, invitations, users } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listAudit as contract } from '#shared/contracts/audit.ts';
import type { Context } from '../../../kernel/context.ts';
import { readTimeCursor, writeCursor } from '../../../kernel/page-cursor.ts';
import { auditSealState } from '../../audit/index.ts';

/** Who did what, newest first; `action` may be a whole word such as "member.remove" or its first part, "member". */
export async function listAudit(ctx: Context, input: QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  const after = input.cursor === undefined ? undefined : readTimeCursor(input.cursor);
  const at = sql`date_trunc('milliseconds', ${auditLog.at})`;
  const [rows, seal] = await Promise.all([
    ctx.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(
          and(
            eq(auditLog.organizationId, ctx.organizationId),
            // The plain comparison is the index's, the exact one the cursor's.
            after && sql`${auditLog.at} < ${after.at}::timestamptz + interval '1 millisecond'`,
            after && sql`(${at}, ${auditLog.id}) < (${after.at}::timestamptz, ${after.id})`,
            input.actor === undefined ? undefined : eq(auditLog.actor, input.actor),
            input.action === undefined
              ? undefined
              : sql`(${auditLog.action} = ${input.action} or starts_with(${auditLog.action}, ${`${input.action}.`}))`,
          ),
        )
        .orderBy(desc(at), desc(auditLog.id))
        .limit(input.limit + 1),
    ),
    auditSealState(ctx),
  ]);
  const page = rows.slice(0, input.limit);
  const names = await namesOf(ctx, [...new Set(page.flatMap(({ actor, object }) => [actor, ...(object === null ? [] : [object])]))]);
  const last = page.at(-1);
  return {
    entries: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      actorName: names.get(row.actor) ?? machineName(row.actor),
      action: row.action,
      object: row.object,
      objectName: row.object === null ? null : (names.get(row.object) ?? null),
      detail: row.detail as Record<string, unknown> | null,
    })),
    nextCursor: rows.length > page.length && last ? writeCursor(last.at.toISOString(), last.id) : null,
    sealedUntil: seal.sealedUntil?.toISOString() ?? null,
    isIntact: seal.isIntact,
  };
}

/** Who and what has a name, by id. */
async function namesOf(ctx: Context, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const named = await Promise.all([
    ctx.read((q) => q.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids))),
    ctx.read((q) =>
      q
        .select({ id: apiKeys.id, name: apiKeys.name })
        .from(apiKeys)
        .where(and(eq(apiKeys.organizationId, ctx.organizationId), inArray(apiKeys.id, ids))),
    ),
    ctx.read((q) =>
      q
        .select({ id: clients.id, name: clients.name })
        .from(clients)
        .where(and(eq(clients.organizationId, ctx.organizationId), inArray(clients.id, ids))),
    ),
    ctx.read((q) =>
      q
        .select({ id: connections.id, name: connections.displayName })
        .from(connections)
        .where(and(eq(connections.organizationId, ctx.organizationId), inArray(connections.id, ids))),
    ),
    ctx.read((q) =>
      q
        .select({ id: invitations.id, name: invitations.email })
        .from(invitations)
        .where(and(eq(invitations.organizationId, ctx.organizationId), inArray(invitations.id, ids))),
    ),
  ]);
  return new Map(named.flat().map(({ id, name }) => [id, name]));
}

/** "job:sync-ad-account" and "webhook" are names already; an id whose owner is gone has none. */
const machineName = (actor: string): string | null => {
  if (actor.startsWith('job:')) return actor.slice('job:'.length);
  return actor.includes('_') ? null : actor;
};
