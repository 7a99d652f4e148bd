import { eq, sql } from 'drizzle-orm';
import { organizations } from '#schema/index.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import type { PrivacyRequest } from '../../../platforms/stores/store-platform.ts';
import { countryOfTimezone, emailKey, lockPeople, phoneKey, type PersonKey } from '../../people/index.ts';

export type ShopCustomer = Extract<PrivacyRequest, { customer: unknown }>['customer'];

/**
 * Who a shop's customer is here: the person with the customer's number, those who bought the orders the shop names, and whoever has the
 * same address or number without being another customer of a shop. All are locked.
 */
export async function peopleOfCustomer(ctx: Context, tx: Tx, shop: string, customer: ShopCustomer): Promise<string[]> {
  const [organization] = await tx.sql
    .select({ timezone: organizations.timezone })
    .from(organizations)
    .where(eq(organizations.id, ctx.organizationId));
  if (!organization) throw new Error('A customer of an organization that is gone.');
  const box = await ctx.box();
  const listed = async (keys: (PersonKey | null)[]) => {
    const hashed = await Promise.all(
      keys.filter((key) => key !== null).map(async ({ kind, value }) => sql`(${kind}, ${await box.lookupHash(kind, value)})`),
    );
    return sql.join([sql`('', '')`, ...hashed], sql`, `);
  };
  const own = await listed([customer.id === null ? null : { kind: 'shop_customer', value: `${shop}|${customer.id}` }]);
  const reach = await listed([emailKey(customer.email), phoneKey(customer.phone, countryOfTimezone(organization.timezone))]);
  const find = async () =>
    (
      await tx.sql.execute<{ id: string }>(sql`
    select k.person_id as id from person_keys k where k.organization_id = ${ctx.organizationId} and ((k.kind, k.key_hash) in (${own})
      or (k.kind, k.key_hash) in (${reach}) and not exists (select from person_keys c where c.organization_id = k.organization_id and c.person_id = k.person_id and c.kind = 'shop_customer'))
    union select o.person_id from orders o where o.organization_id = ${ctx.organizationId} and o.shop = ${shop} and o.person_id is not null
      and o.source_order_id in (select jsonb_array_elements_text(${JSON.stringify(customer.orderIds)}::jsonb))`)
    ).rows.map((row) => row.id);

  // Who waits for the lock may find that somebody was joined to another person meanwhile.
  let held: string[] = [];
  for (let found = await find(); found.some((id) => !held.includes(id)); found = await find()) held = await lockPeople(ctx, tx, found);
  return held;
}
