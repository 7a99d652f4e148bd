import { signal } from '@preact/signals';
import type { Me, OrganizationOfMe } from '#shared/contracts/identity.ts';
import { may as covers } from '#shared/rules/permissions.ts';

/** Who is signed in: undefined until it is known. */
export const session = signal<Me | null | undefined>(undefined);

/** The signed-in person, inside screens that are only drawn for one. */
export function me(): Me {
  const { value } = session;
  if (!value) throw new Error('This screen is drawn for a signed-in person.');
  return value;
}

/** The organization the person works in, inside screens that are only drawn for members of one. */
export function home(): OrganizationOfMe {
  const { organization } = me();
  if (!organization) throw new Error('This screen is drawn for a member of an organization.');
  return organization;
}

/** Whether the person's role allows it, so that nobody is shown a button the API will refuse. */
export function may(permission: string): boolean {
  return covers(me().permissions, permission);
}
