import { and, eq, isNull } from 'drizzle-orm';
import { leads, orders, organizations, touches } from '#schema/index.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import type { PlatformLead } from '../../platforms/ads/ad-platform.ts';
import { bumpDataVersion } from '../insights/index.ts';
import { emitEvent } from '../machines/index.ts';
import { attributePersonRef, countryOfTimezone, findOrCreatePerson, type PersonKey } from '../people/index.ts';
import { leadFacts } from './lead-facts.ts';
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
export async function storeLead(ctx: Context, read: ReadLead): Promise<boolean> {
  const { lead } = read;
  const ad = await placeOf(ctx, read);
  const country = await homeCountry(ctx);
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
        pageExternalId: read.pageExternalId,
        formExternalId: lead.formExternalId,
        formName: read.formName,
        isTest: lead.isTest,
        backfilled: read.backfilled,
        contact,
        submittedAt: lead.createdAt,
        receivedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (!added) {
      await nameForm(ctx, tx, read);
      return false;
    }
    if (!lead.isTest) await tieToPerson(ctx, tx, id, lead, ad, leadKeys(lead.sourceLeadId, lead.fields, country));
    // History that is read once at the beginning is news to nobody.
    if (!read.backfilled) await emitEvent(ctx, tx, 'lead.created', leadFacts(added));
    // Last, as in every transaction that changes figures: the row is everybody's, and people are locked before it.
    await bumpDataVersion(ctx, tx.sql);
    return true;
  });
}

interface Place {
  accountId: string | null;
  adExternalId: string | null;
  adSetExternalId: string | null;
  campaignExternalId: string | null;
}

/** Where the lead's ad stands, as our listing knows it; where it does not, what the lead itself says. */
async function placeOf(ctx: Context, { connectionId, lead }: ReadLead): Promise<Place> {
  const known = lead.adExternalId === null ? null : await locateAd(ctx, connectionId, lead.adExternalId);
  return {
    accountId: known?.accountId ?? null,
    adExternalId: lead.adExternalId,
    adSetExternalId: known?.adSetExternalId ?? lead.adSetExternalId,
    campaignExternalId: known?.campaignExternalId ?? lead.campaignExternalId,
  };
}

/** What numbers without a country are read as. */
async function homeCountry(ctx: Context): Promise<string | null> {
  const [organization] = await ctx.read((q) =>
    q.select({ timezone: organizations.timezone }).from(organizations).where(eq(organizations.id, ctx.organizationId)),
  );
  if (!organization) throw new Error('A lead for an organization that is gone.');
  return countryOfTimezone(organization.timezone);
}

/** A lead that came without its form's name gets it when it is brought again. */
async function nameForm(ctx: Context, tx: Tx, { lead, formName }: ReadLead): Promise<void> {
  if (formName === null) return;
  await tx.sql
    .update(leads)
    .set({ formName })
    .where(
      and(
        eq(leads.organizationId, ctx.organizationId),
        eq(leads.source, 'meta'),
        eq(leads.sourceLeadId, lead.sourceLeadId),
        isNull(leads.formName),
      ),
    );
}

/** The lead's person, the touch it is, and a fresh look at the orders that person placed. */
async function tieToPerson(ctx: Context, tx: Tx, id: string, lead: PlatformLead, ad: Place, keys: PersonKey[]): Promise<void> {
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
  const theirs = and(eq(orders.organizationId, ctx.organizationId), eq(orders.personId, personId));
  if ((await tx.sql.$count(orders, theirs)) === 0) return;
  // Orders that came before anybody knew their buyer are matched now, by the key that tied this lead to them.
  if (matchedBy !== null && matchedBy !== 'crm_contact')
    await tx.sql
      .update(orders)
      .set({ matchedBy })
      .where(and(theirs, isNull(orders.matchedBy)));
  await tx.enqueue(attributePersonRef, { personId });
}

export const contactPlace = (organizationId: string, leadId: string) => ({
  organizationId,
  table: 'leads',
  column: 'contact',
  row: leadId,
});
