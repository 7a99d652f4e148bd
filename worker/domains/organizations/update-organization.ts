import { eq } from 'drizzle-orm';
import { organizations } from '#schema/index.ts';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { OrganizationOfMe } from '#shared/contracts/identity.ts';
import type { updateOrganization as contract } from '#shared/contracts/organizations.ts';
import { isTimezone } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { attributeAllRef } from '../people/index.ts';
import { presentOrganization } from '../identity/index.ts';

/** Changes the settings given, leaves the others. */
export async function updateOrganization(ctx: Context, input: BodyOf<typeof contract>): Promise<OrganizationOfMe> {
  const changes = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0)
    throw new AppError('invalid_input', 'Send at least one setting to change.', {
      fields: [{ path: '', message: 'Nothing in it is a setting.' }],
    });
  if (input.timezone !== undefined && !isTimezone(input.timezone))
    throw new AppError('invalid_input', 'Check timezone and send it again.', {
      fields: [{ path: 'timezone', message: 'Use an IANA name such as Europe/Paris.' }],
    });
  return ctx.transaction(async (tx) => {
    const [row] = await tx.sql.update(organizations).set(changes).where(eq(organizations.id, ctx.organizationId)).returning();
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
