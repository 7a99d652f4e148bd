import { eq } from 'drizzle-orm';
import { organizations } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { OrganizationOfMe } from '#shared/contracts/identity.ts';
import type { updateOrganization as contract } from '#shared/contracts/organizations.ts';
import { parseTemplate } from '#shared/rules/names.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { attributeAllRef } from '../people/index.ts';
import { presentOrganization } from '../identity/index.ts';

/**
 * Changes the settings given, leaves the others. The currency may change at any time: no amount is stored in it, each carries the currency
 * of its own account or order, and nothing is converted.
 */
export async function updateOrganization(ctx: Context, input: BodyOf<typeof contract>): Promise<OrganizationOfMe> {
  const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0)
    throw new AppError('invalid_input', 'Send at least one setting to change.', {
      fields: [{ path: '', message: 'Nothing in it is a setting.' }],
    });
  if (input.namingPolicy) requireReadable(input.namingPolicy);
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql
      .update(organizations)
      .set(changes)
      .where(eq(organizations.id, ctx.organizationId))
      .returning()
      .catch((error: unknown) => {
        throw isTaken(error) ? slugTaken() : error;
      });
    if (!row) throw notFound('organization');
    if (row.floorRoasMilli !== null && row.targetRoasMilli !== null && row.floorRoasMilli > row.targetRoasMilli) {
      throw new AppError('invalid_input', 'The floor is above the target.', {
        fields: [{ path: 'floorRoasMilli', message: 'Give a floor at or below the target.' }],
      });
    }
    // Credits are postings: what they depend on has changed, so every order is worked out again.
    if (input.attributionWindowDays !== undefined || input.timezone !== undefined) await tx.enqueue(attributeAllRef, {});
    await tx.audit('organization.update', ctx.organizationId, { fields: Object.keys(changes) });
    return presentOrganization(row);
  });
}

/** @throws invalid_input naming every template with a word that is none of ours */
function requireReadable(policy: NonNullable<BodyOf<typeof contract>['namingPolicy']>): void {
  const fields = Object.entries(policy).flatMap(([level, template]) => {
    const { unknown } = parseTemplate(template);
    return unknown.length === 0
      ? []
      : [
          {
            path: `namingPolicy.${level}`,
            message: `${unknown.join(', ')} cannot be filled in. Use names such as {campaign} or {date:YYYY-MM-DD}.`,
          },
        ];
  });
  if (fields.length > 0)
    throw new AppError('invalid_input', `Check ${fields.map((one) => one.path).join(', ')} and send it again.`, { fields });
}

/** The walls hide who has a slug; the index knows. 23505 is Postgres' word for a second of what must be single. */
function isTaken(error: unknown): boolean {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && at.code === '23505' && 'constraint' in at && at.constraint === 'organizations_slug_index') return true;
  return false;
}
const slugTaken = () =>
  new AppError('conflict', 'Another organization has this address already. Choose another; nothing was changed.', {
    fields: [{ path: 'slug', message: 'Taken. Choose another one.' }],
  });
