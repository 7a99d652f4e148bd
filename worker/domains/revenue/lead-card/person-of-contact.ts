import { and, eq, sql } from 'drizzle-orm';
import { organizations, personKeys } from '#schema/index.ts';
import type { Context } from '../../../kernel/context.ts';
import type { CrmContact } from '../../../platforms/crm/crm-platform.ts';
import {
  attributePersonRef,
  countryOfTimezone,
  emailKey,
  findOrCreatePerson,
  phoneKey,
  type KeyKind,
  type PersonKey,
} from '../../people/index.ts';

export interface ContactPerson {
  personId: string;
  matchedBy: KeyKind;
}

/** Which of several matching keys is named as the reason. */
const REASONS: readonly KeyKind[] = ['email', 'phone', 'crm_contact'];

/**
 * The person a contact of the CRM is, by exact keys; null when nothing about the contact is known. What is known is tied together, so
 * that the contact stays found when its address changes; asking again changes nothing.
 */
export async function personOfContact(ctx: Context, portalId: string, contact: CrmContact): Promise<ContactPerson | null> {
  const [organization] = await ctx.read((q) =>
    q.select({ timezone: organizations.timezone }).from(organizations).where(eq(organizations.id, ctx.organizationId)),
  );
  if (!organization) throw new Error('A contact for an organization that is gone.');
  const crmKey = (id: string): PersonKey => ({ kind: 'crm_contact', value: `${portalId}|${id}` });
  const keys = [
    crmKey(contact.id),
    emailKey(contact.email),
    phoneKey(contact.phone, contact.country ?? countryOfTimezone(organization.timezone)),
  ].filter((key) => key !== null);
  const known = await knownKeys(ctx, [...keys, ...contact.mergedIds.map(crmKey)]);
  const people = new Set(known.map((key) => key.personId));
  const [first] = known;
  if (!first) return null;
  // A contact merged into this one in the CRM holds the place of its key: a person has one.
  const isTied = known.some((key) => key.kind === 'crm_contact');
  if (people.size === 1 && isTied)
    return { personId: first.personId, matchedBy: REASONS.find((kind) => known.some((key) => key.kind === kind)) ?? first.kind };
  const found = await ctx.transaction(async (tx) => {
    const person = await findOrCreatePerson(ctx, tx, keys);
    if (person.joined.length > 0) await tx.enqueue(attributePersonRef, { personId: person.personId });
    return person;
  });
  return found.matchedBy === null ? null : { personId: found.personId, matchedBy: found.matchedBy };
}

async function knownKeys(ctx: Context, keys: readonly PersonKey[]): Promise<{ kind: KeyKind; personId: string }[]> {
  const box = await ctx.box();
  const hashed = await Promise.all(keys.map(async ({ kind, value }) => sql`(${kind}, ${await box.lookupHash(kind, value)})`));
  return ctx.read((q) =>
    q
      .select({ kind: personKeys.kind, personId: personKeys.personId })
      .from(personKeys)
      .where(
        and(
          eq(personKeys.organizationId, ctx.organizationId),
          sql`(${personKeys.kind}, ${personKeys.keyHash}) in (${sql.join(hashed, sql`, `)})`,
        ),
      ),
  );
}
