import { and, eq, inArray } from 'drizzle-orm';
import { leads, organizations } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { countryOfTimezone, type PersonKey } from '../people/index.ts';
import { leadKeys } from './lead-keys.ts';
import { contactPlace } from './store-lead.ts';

const leadsOf = (ctx: Context, personIds: readonly string[]) =>
  and(eq(leads.organizationId, ctx.organizationId), inArray(leads.personId, [...personIds]));

/** Empties the answers of these people's leads and returns how many leads that are. The platform's id of a lead stays: without it the lead would be read again. */
export async function forgetContacts(ctx: Context, tx: Tx, personIds: readonly string[]): Promise<number> {
  const rows = await tx.sql.select({ id: leads.id }).from(leads).where(leadsOf(ctx, personIds));
  const box = await ctx.box();
  for (const { id } of rows)
    await tx.sql
      .update(leads)
      .set({ contact: await box.seal(contactPlace(ctx.organizationId, id), '{}') })
      .where(and(eq(leads.id, id), eq(leads.organizationId, ctx.organizationId)));
  return rows.length;
}

/** What these people's leads say about who they are. */
export async function keysOfLeads(ctx: Context, tx: Tx, personIds: readonly string[]): Promise<PersonKey[]> {
  const rows = await tx.sql
    .select({ id: leads.id, sourceLeadId: leads.sourceLeadId, contact: leads.contact, timezone: organizations.timezone })
    .from(leads)
    .innerJoin(organizations, eq(organizations.id, leads.organizationId))
    .where(leadsOf(ctx, personIds));
  const box = await ctx.box();
  const keys = await Promise.all(
    rows.map(async ({ id, sourceLeadId, contact, timezone }) => {
      const fields = JSON.parse(await box.unseal(contactPlace(ctx.organizationId, id), contact)) as Record<string, string>;
      return leadKeys(sourceLeadId, fields, countryOfTimezone(timezone));
    }),
  );
  return keys.flat();
}
