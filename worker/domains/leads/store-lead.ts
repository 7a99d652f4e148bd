import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { leads, orders, organizations, touches } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import type { PlatformLead } from '../../platforms/ads/ad-platform.ts';
import { bumpDataVersion } from '../insights/index.ts';
import { attributePersonRef, countryOfTimezone, findOrCreatePerson } from '../people/index.ts';
import { leadKeys } from './lead-keys.ts';
import { locateAd } from './locate-ad.ts';

export interface ReadLead {
  connectionId: string;
  lead: PlatformLead;
  formName: string | null;
  pageExternalId: string;
  backfilled: boolean;
}

/**
 * Stores one lead with its person and its touch, in one transaction. A lead that is here already stays as it is, whoever brings it
 * again. Test leads have no person and no touch: no figure can see them. Returns whether it was new.
 */
export async function storeLead(ctx: Context, { connectionId, lead, formName, pageExternalId, backfilled }: ReadLead): Promise<boolean> {
  const place = lead.adExternalId === null ? null : await locateAd(ctx, connectionId, lead.adExternalId);
  const ad = {
    accountId: place?.accountId ?? null,
    adExternalId: lead.adExternalId,
    adSetExternalId: place?.adSetExternalId ?? lead.adSetExternalId,
    campaignExternalId: place?.campaignExternalId ?? lead.campaignExternalId,
  };
  const [organization] = await ctx.read((q) =>
    q.select({ timezone: organizations.timezone }).from(organizations).where(eq(organizations.id, ctx.organizationId)),
  );
  if (!organization) throw new Error('A lead for an organization that is gone.');
  const keys = leadKeys(lead.sourceLeadId, lead.fields, countryOfTimezone(organization.timezone));
  const id = ctx.newId('led');
  const contact = await (await ctx.box()).seal(contactPlace(ctx.organizationId, id), JSON.stringify(lead.fields));

  return ctx.transaction(async (tx) => {
    const [added] = await tx.sql
      .insert(leads)
      .values({
        id,
        organizationId: ctx.organizationId,
        source: 'meta',
        sourceLeadId: lead.sourceLeadId,
        ...ad,
        pageExternalId,
        formExternalId: lead.formExternalId,
        formName,
        isTest: lead.isTest,
        backfilled,
        contact,
        submittedAt: lead.createdAt,
        receivedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning({ id: leads.id });
    if (!added) {
      if (formName !== null)
        await tx.sql
          .update(leads)
          .set({ formName })
          .where(
            and(
              eq(leads.organizationId, ctx.organizationId),
              eq(leads.source, 'meta'),
              eq(leads.sourceLeadId, lead.sourceLeadId),
              sql`${leads.formName} is null`,
            ),
          );
      return false;
    }
    if (lead.isTest) {
      await bumpDataVersion(ctx, tx.sql);
      return true;
    }
    const { personId, matchedBy } = await findOrCreatePerson(ctx, tx, keys);
    await tx.sql
      .update(leads)
      .set({ personId })
      .where(and(eq(leads.id, id), eq(leads.organizationId, ctx.organizationId)));
    await tx.sql
      .insert(touches)
      .values({
        id: ctx.newId('tch'),
        organizationId: ctx.organizationId,
        personId,
        kind: lead.adExternalId === null ? 'organic' : 'lead_form',
        ...ad,
        occurredAt: lead.createdAt,
        source: `lead:${id}`,
      })
      .onConflictDoNothing();
    const hasOrders = await tx.sql.$count(
      orders,
      and(eq(orders.organizationId, ctx.organizationId), eq(orders.personId, personId), isNotNull(orders.personId)),
    );
    if (hasOrders > 0) {
      // Orders that came before anybody knew their buyer are matched now, by the key that tied this lead to them.
      if (matchedBy !== null && matchedBy !== 'crm_contact')
        await tx.sql
          .update(orders)
          .set({ matchedBy })
          .where(and(eq(orders.organizationId, ctx.organizationId), eq(orders.personId, personId), isNull(orders.matchedBy)));
      await tx.enqueue(attributePersonRef, { personId });
    }
    // Last, as in every transaction that changes figures: the row is everybody's, and people are locked before it.
    await bumpDataVersion(ctx, tx.sql);
    return true;
  });
}

export const contactPlace = (organizationId: string, leadId: string) => ({
  organizationId,
  table: 'leads',
  column: 'contact',
  row: leadId,
});
