import { sql, type SQL } from 'drizzle-orm';
import type { Context } from '../../../kernel/context.ts';
import type { FileWriter } from './open-file.ts';

/** What hangs on a person of the organization. What was worked out from it (credits, commission) is the organization's, not theirs. */
const PARTS: Readonly<Record<string, (organizationId: string, people: SQL) => SQL>> = {
  people: (org, people) => sql`select to_jsonb(t) from people t where organization_id = ${org} and id in (${people}) order by id`,
  leads: (org, people) => sql`select to_jsonb(t) from leads t where organization_id = ${org} and person_id in (${people}) order by id`,
  orders: (org, people) => sql`select to_jsonb(t) from orders t where organization_id = ${org} and person_id in (${people}) order by id`,
  refunds: (org, people) =>
    sql`select to_jsonb(r) from refunds r join orders o on o.organization_id = r.organization_id and o.shop = r.shop and o.source_order_id = r.source_order_id
        where r.organization_id = ${org} and o.person_id in (${people}) order by r.source_refund_id`,
  touches: (org, people) =>
    sql`select to_jsonb(t) from touches t where organization_id = ${org} and person_id in (${people}) order by occurred_at, id`,
};

/** What an organization holds about one customer of a shop, as one JSON document. `people`: our ids of who the customer is here. */
export async function writeCustomer(ctx: Context, file: FileWriter, people: readonly string[]): Promise<void> {
  const ids = sql`select jsonb_array_elements_text(${JSON.stringify(people)}::jsonb)`;
  await file.write(`{"format":"inlay.customer.1","exportedAt":${JSON.stringify(ctx.now().toISOString())}`);
  for (const [name, query] of Object.entries(PARTS)) {
    const { rows } = await ctx.read((q) =>
      q.execute<{ row: Record<string, unknown> & { id: string } }>(sql`select p.row from (${query(ctx.organizationId, ids)}) p(row)`),
    );
    const own = name === 'leads' ? await Promise.all(rows.map(({ row }) => opened(ctx, row))) : rows.map(({ row }) => row);
    await file.write(`,\n${JSON.stringify(name)}:${JSON.stringify(own)}`);
  }
  await file.write('}\n');
}

async function opened(ctx: Context, row: Record<string, unknown> & { id: string }): Promise<Record<string, unknown>> {
  const place = { organizationId: ctx.organizationId, table: 'leads', column: 'contact', row: row.id };
  return { ...row, contact: JSON.parse(await (await ctx.box()).unseal(place, row['contact'] as string)) as unknown };
}
