import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { EXPORTED, ORGANIZATION_FILES } from '../register.ts';
import { FORMAT } from './write-organization.ts';

const ROWS_AT_ONCE = 500;
const rows = z.array(z.record(z.string(), z.unknown()));
const copy = z.object({
  format: z.literal(FORMAT),
  // Whose files are whose is told by the beginning of their names in storage: an organization called "exports" would own everybody's copies.
  organizationId: z.string().regex(/^org_[0-9a-z]{26}$/),
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
  requireOwnFiles(ctx.organizationId, organization, tables);
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
    // By number and address: whoever writes a file may know a stranger's number, and would have them, and what members see of them, in it.
    const { rows: known } = await tx.sql.execute<{ id: string }>(
      sql`select u.id from users u join jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as p(id text, email text) on p.id = u.id and p.email = u.email where u.disabled_at is null`,
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

/** @throws invalid_input for a row that names a file in storage which is not the organization's own: it would be shown, or deleted, as if it were */
function requireOwnFiles(
  organizationId: string,
  organization: Record<string, unknown>,
  tables: Record<string, Record<string, unknown>[]>,
): void {
  const isOwn = (name: unknown) =>
    name === null || name === undefined || (typeof name === 'string' && new RegExp(`^(org/)?${organizationId}/`).test(name));
  const fields = ORGANIZATION_FILES.filter((column) => !isOwn(organization[column])).map((column) => `organization.${column}`);
  for (const { table, files = [] } of EXPORTED)
    for (const [n, row] of (tables[table] ?? []).entries())
      fields.push(...files.filter((column) => !isOwn(row[column])).map((column) => `tables.${table}.${n}.${column}`));
  if (fields.length > 0)
    throw new AppError('invalid_input', 'Rows of this file name stored files of somebody else. Nothing was imported.', {
      fields: fields.slice(0, 20).map((path) => ({ path, message: "Not a file of the copy's organization." })),
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
