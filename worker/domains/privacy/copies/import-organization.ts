import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { EXPORTED } from '../register.ts';
import { FORMAT } from './write-organization.ts';

const ROWS_AT_ONCE = 500;
const rows = z.array(z.record(z.string(), z.unknown()));
const copy = z.object({
  format: z.literal(FORMAT),
  organizationId: z.string(),
  organization: z.record(z.string(), z.unknown()),
  people: z.array(z.object({ id: z.string(), email: z.string() })),
  tables: z.record(z.string(), rows),
});

export interface Imported {
  rows: number;
  /** Members of the copy who have no account here: they are invited anew. */
  missingPeople: string[];
}

/**
 * Brings a copy back into a database that does not hold its organization, in one transaction: every row as it was, ids included. What no
 * copy holds is not brought back: data keys are new, connections have ended, keys and endpoints are made anew.
 * @param ctx a context of the copy's organization
 * @throws invalid_input for another format, conflict when the organization is there
 */
export async function importOrganization(ctx: Context, given: unknown): Promise<Imported> {
  const parsed = copy.safeParse(given);
  if (!parsed.success || parsed.data.organizationId !== ctx.organizationId)
    throw new AppError('invalid_input', 'This file is no copy of this organization that we can read.', {
      fields: [{ path: 'file', message: `Give a file of the format ${FORMAT}.` }],
    });
  const { organization, people, tables } = parsed.data;
  const unknown = Object.keys(tables).filter((name) => EXPORTED.every((entry) => entry.table !== name));
  if (unknown.length > 0)
    throw new AppError('invalid_input', `This version does not know the tables ${unknown.join(', ')}.`, {
      fields: [{ path: 'tables', message: 'Import with the version that made the copy, or a later one.' }],
    });
  const dataKey = await ctx.ports.keyRing.newDataKey();
  return ctx.transaction(async (tx) => {
    const { rows: here } = await tx.sql.execute<{ id: string }>(
      sql`insert into organizations select * from jsonb_populate_record(null::organizations, ${JSON.stringify({
        ...organization,
        wrapped_data_key: dataKey.wrappedDataKey,
        key_version: dataKey.keyVersion,
      })}::jsonb) on conflict (id) do nothing returning id`,
    );
    if (here.length === 0) throw new AppError('conflict', 'This organization is here already. A copy is imported only where it is not.');
    const { rows: known } = await tx.sql.execute<{ id: string }>(
      sql`select id from users where disabled_at is null and id in (select jsonb_array_elements_text(${JSON.stringify(people.map((one) => one.id))}::jsonb))`,
    );
    const hasAccount = new Set(known.map((one) => one.id));
    let n = 1;
    for (const entry of EXPORTED) {
      if (entry.onImport === false) continue;
      const all = (tables[entry.table] ?? []).filter((row) => entry.table !== 'memberships' || hasAccount.has(row['user_id'] as string));
      for (let at = 0; at < all.length; at += ROWS_AT_ONCE) await insert(ctx, tx, entry, all.slice(at, at + ROWS_AT_ONCE));
      n += all.length;
    }
    await tx.audit('privacy.import', ctx.organizationId, { rows: n });
    return { rows: n, missingPeople: people.filter((one) => !hasAccount.has(one.id)).map((one) => one.email) };
  });
}

async function insert(
  ctx: Context,
  tx: Tx,
  { table, opened = [], onImport }: (typeof EXPORTED)[number],
  part: Record<string, unknown>[],
): Promise<void> {
  const ready = await Promise.all(
    part.map((row) => seal(ctx, table, opened, { ...row, ...onImport, organization_id: ctx.organizationId })),
  );
  const columns = sql.join(
    Object.keys(ready[0] ?? {}).map((name) => sql.identifier(name)),
    sql`, `,
  );
  await tx.sql.execute(
    sql`insert into ${sql.identifier(table)} (${columns}) select ${columns} from jsonb_populate_recordset(null::${sql.identifier(table)}, ${JSON.stringify(ready)}::jsonb)`,
  );
}

async function seal(
  ctx: Context,
  table: string,
  opened: readonly string[],
  row: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const sealed = await Promise.all(
    opened.map(async (column) => [
      column,
      await ctx.ports.keyRing.seal(
        { organizationId: ctx.organizationId, table, column, row: row['id'] as string },
        JSON.stringify(row[column]),
      ),
    ]),
  );
  return { ...row, ...(Object.fromEntries(sealed) as Record<string, unknown>) };
}
