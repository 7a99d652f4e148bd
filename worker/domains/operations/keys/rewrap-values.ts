import { and, eq, sql, type SQL } from 'drizzle-orm';
import { organizations } from '#schema/index.ts';
import { NO_ORGANIZATION, type Context } from '../../../kernel/context.ts';
import { SEALED_COLUMNS, type SealedColumn } from './sealed-columns.ts';

const AT_ONCE = 200;
/** Organizations that are none: rows of people, mail to them, work that belongs to nobody. */
export const NOBODYS = [NO_ORGANIZATION, 'system'] as const;

/**
 * Brings every sealed value of this context's organization under the newest key-encryption key; values from before they had keys of
 * their own are sealed anew. Each is exchanged by compare-and-set, so a value that somebody writes meanwhile stays theirs, and a run
 * that is cut short goes on where it was. The organization's own data key comes last: it marks that all else is done.
 * @returns how many values were rewrapped
 */
export async function rewrapValues(ctx: Context): Promise<number> {
  let rewrapped = 0;
  for (const column of SEALED_COLUMNS) {
    if (!column.isTenant && ctx.organizationId !== NO_ORGANIZATION) continue;
    rewrapped += await rewrapColumn(ctx, column);
  }
  return rewrapped + (await rewrapDataKey(ctx));
}

async function rewrapColumn(ctx: Context, place: SealedColumn): Promise<number> {
  const table = sql.identifier(place.table);
  const row = sql.identifier(place.row);
  const column = sql.identifier(place.column);
  const value: SQL = place.isInJson ? sql`${column}->>'sealed'` : sql`${column}`;
  const own: SQL = place.isTenant ? sql`organization_id = ${ctx.organizationId}` : sql`true`;
  const newest = `v2.${ctx.ports.settings.KEY_ENCRYPTION_VERSION}.%`;
  let rewrapped = 0;
  let after = '';
  for (;;) {
    const { rows } = await ctx.read((q) =>
      q.execute<{ row: string; value: string; whole: unknown }>(sql`
        select ${row} as row, ${value} as value${place.isInJson ? sql`, ${column} as whole` : sql``} from ${table}
        where ${own} and ${row} > ${after} and ${value} is not null and ${value} not like ${newest} order by ${row} limit ${AT_ONCE}`),
    );
    const last = rows.at(-1);
    if (!last) return rewrapped;
    after = last.row;
    const fresh = await Promise.all(
      rows.map(async ({ row: name, value: old, whole }) => ({ row: name, old, new: await underNewest(ctx, place, name, old, whole) })),
    );
    const { rows: done } = await ctx.read((q) =>
      q.execute(sql`
        update ${table} set ${column} = ${place.isInJson ? sql`jsonb_build_object('sealed', fresh.new)` : sql`fresh.new`}
        from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as fresh("row" text, old text, new text)
        where ${own} and ${table}.${row} = fresh.row and ${place.isInJson ? sql`${table}.${column}->>'sealed'` : sql`${table}.${column}`} = fresh.old
        returning 1`),
    );
    rewrapped += done.length;
  }
}

/** The same secret under the newest key. */
async function underNewest(
  ctx: Context,
  { table, column, isInJson }: SealedColumn,
  row: string,
  old: string,
  whole: unknown,
): Promise<string> {
  const { keyRing } = ctx.ports;
  if (!old.startsWith('v1.')) {
    const fresh = await keyRing.rewrap(old);
    if (fresh === null) throw new Error('A value that was asked for is under the newest key already.');
    return fresh;
  }
  // Before values had keys of their own they lay under their organization's, a dead letter's under the one beside it.
  const place = { organizationId: ctx.organizationId, table, column, row };
  const box = isInJson ? await keyRing.open(whole as { wrappedDataKey: string; keyVersion: number }) : await ctx.box();
  return keyRing.seal(place, await box.unseal(place, old));
}

async function rewrapDataKey(ctx: Context): Promise<number> {
  const mine = eq(organizations.id, ctx.organizationId);
  const [old] = await ctx.read((q) =>
    q.select({ wrappedDataKey: organizations.wrappedDataKey, keyVersion: organizations.keyVersion }).from(organizations).where(mine),
  );
  const fresh = old && (await ctx.ports.keyRing.rewrapDataKey(old));
  if (!fresh) return 0;
  const done = await ctx.read((q) =>
    q
      .update(organizations)
      .set(fresh)
      .where(and(mine, eq(organizations.wrappedDataKey, old.wrappedDataKey)))
      .returning({ id: organizations.id }),
  );
  return done.length;
}
