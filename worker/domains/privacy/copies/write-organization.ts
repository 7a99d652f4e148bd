import { sql } from 'drizzle-orm';
import type { Context } from '../../../kernel/context.ts';
import { EXPORTED, ORGANIZATION_OMITS } from '../register.ts';
import type { FileWriter } from './open-file.ts';

export const FORMAT = 'inlay.organization.1';
const ROWS_PER_PAGE = 500;

/**
 * The copy of an organization as one JSON document, a page of rows at a time:
 * `{ format, organizationId, exportedAt, organization, people, tables: { <table>: [row, …] }, files: [{ key, bytes }, …] }`.
 * Rows are as the database holds them; `people` names the members. Postgres writes the JSON, so that no number or instant is rounded.
 */
export async function writeOrganization(ctx: Context, file: FileWriter): Promise<void> {
  const rows = async <Row extends Record<string, unknown>>(query: ReturnType<typeof sql>) =>
    (await ctx.read((q) => q.execute<Row>(query))).rows;
  const [own] = await rows<{ row: string }>(
    sql`select (to_jsonb(o) - ${textArray(ORGANIZATION_OMITS)})::text as row from organizations o where o.id = ${ctx.organizationId}`,
  );
  if (!own) throw new Error('The organization of a copy is gone.');
  const people = await rows<{ row: string }>(
    sql`select jsonb_build_object('id', u.id, 'email', u.email, 'name', u.name)::text as row from memberships m join users u on u.id = m.user_id
        where m.organization_id = ${ctx.organizationId} order by u.id`,
  );
  await file.write(
    `{"format":${JSON.stringify(FORMAT)},"organizationId":${JSON.stringify(ctx.organizationId)},"exportedAt":${JSON.stringify(ctx.now().toISOString())},\n` +
      `"organization":${own.row},\n"people":[${people.map(({ row }) => row).join(',\n')}],\n"tables":{`,
  );
  for (const [n, entry] of EXPORTED.entries()) {
    await file.write(`${n === 0 ? '' : ','}\n${JSON.stringify(entry.table)}:[`);
    await writeTable(ctx, file, entry);
    await file.write(']');
  }
  await file.write('\n},\n"files":[');
  await writeFiles(ctx, file);
  await file.write(']}\n');
}

async function writeTable(
  ctx: Context,
  file: FileWriter,
  { table, key, omit = [], opened = [] }: (typeof EXPORTED)[number],
): Promise<void> {
  const columns = sql.join(
    key.map((name) => sql`t.${sql.identifier(name)}`),
    sql`, `,
  );
  let after: string[] | null = null;
  for (;;) {
    const from: ReturnType<typeof sql> =
      after === null
        ? sql`true`
        : sql`(${columns}) > (${sql.join(
            after.map((value) => sql`${value}`),
            sql`, `,
          )})`;
    const { rows } = await ctx.read((q) =>
      q.execute<{ row: string; at: string[] }>(sql`
      select (to_jsonb(t) - ${textArray(omit)})::text as row, jsonb_build_array(${sql.join(
        key.map((name) => sql`t.${sql.identifier(name)}::text`),
        sql`, `,
      )}) as at
      from ${sql.identifier(table)} t where t.organization_id = ${ctx.organizationId} and ${from} order by ${columns} limit ${ROWS_PER_PAGE}`),
    );
    const texts =
      opened.length === 0 ? rows.map(({ row }) => row) : await Promise.all(rows.map(({ row }) => openRow(ctx, table, opened, row)));
    if (rows.length > 0) await file.write(`${after === null ? '\n' : ',\n'}${texts.join(',\n')}`);
    const last = rows.at(-1);
    if (!last || rows.length < ROWS_PER_PAGE) return;
    after = last.at;
  }
}

async function openRow(ctx: Context, table: string, opened: readonly string[], text: string): Promise<string> {
  const row = JSON.parse(text) as Record<string, unknown> & { id: string };
  const box = await ctx.box();
  for (const column of opened)
    row[column] = JSON.parse(await box.unseal({ organizationId: ctx.organizationId, table, column, row: row.id }, row[column] as string));
  return JSON.stringify(row);
}

/** Uploaded files by their key in storage; the bytes themselves are read over the media's own addresses. */
async function writeFiles(ctx: Context, file: FileWriter): Promise<void> {
  let isFirst = true;
  for (const prefix of [`${ctx.organizationId}/`, `org/${ctx.organizationId}/`]) {
    let cursor: string | undefined;
    do {
      const page = await ctx.ports.bindings.MEDIA.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
      for (const { key, size } of page.objects) {
        await file.write(`${isFirst ? '' : ','}\n${JSON.stringify({ key, bytes: size })}`);
        isFirst = false;
      }
      cursor = page.truncated ? page.cursor : undefined;
    } while (cursor !== undefined);
  }
}

const textArray = (names: readonly string[]) => sql`array(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`;
