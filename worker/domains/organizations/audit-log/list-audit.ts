import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { apiKeys, auditLog, users } from '#schema/index.ts';
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
  const names = await namesOf(ctx, [...new Set(page.map((row) => row.actor))]);
  const last = page.at(-1);
  return {
    entries: page.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      actor: row.actor,
      actorName: names.get(row.actor) ?? machineName(row.actor),
      action: row.action,
      object: row.object,
      detail: row.detail as Record<string, unknown> | null,
    })),
    nextCursor: rows.length > page.length && last ? writeCursor(last.at.toISOString(), last.id) : null,
    sealedUntil: seal.sealedUntil?.toISOString() ?? null,
    isIntact: seal.isIntact,
  };
}

/** People and keys by id. */
async function namesOf(ctx: Context, actors: string[]): Promise<Map<string, string>> {
  if (actors.length === 0) return new Map();
  const [people, keys] = await Promise.all([
    ctx.read((q) => q.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, actors))),
    ctx.read((q) =>
      q
        .select({ id: apiKeys.id, name: apiKeys.name })
        .from(apiKeys)
        .where(and(eq(apiKeys.organizationId, ctx.organizationId), inArray(apiKeys.id, actors))),
    ),
  ]);
  return new Map([...people, ...keys].map(({ id, name }) => [id, name]));
}

/** "job:sync-ad-account" and "webhook" are names already; an id whose owner is gone has none. */
const machineName = (actor: string): string | null => {
  if (actor.startsWith('job:')) return actor.slice('job:'.length);
  return actor.includes('_') ? null : actor;
};
