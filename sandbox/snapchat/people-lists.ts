import { listed, success } from './envelope.ts';
import { listing } from './list-objects.ts';
import { renderObject } from './render-object.ts';
import type { Handler, SnapWorld } from './world.ts';

/** GET /me */
export const readMe: Handler = (world, user, call) => success(world, call, { me: renderObject(world, user) });

const accountsOf = (world: SnapWorld, organizationId: string) =>
  world.store.all('adaccount').filter((account) => account.fields['organization_id'] === organizationId);

/** GET /me/organizations; with_ad_accounts=true puts the ad accounts into each (guide, lists). */
export const readOrganizations: Handler = (world, _user, call) => {
  const withAccounts = call.query.get('with_ad_accounts') === 'true';
  const shown = world.store.all('organization').map((organization) => ({
    ...renderObject(world, organization),
    ...(withAccounts ? { ad_accounts: accountsOf(world, organization.id).map((account) => renderObject(world, account)) } : {}),
  }));
  return listed(world, call, 'organizations', 'organization', shown, {});
};

export const readAccounts: Handler = listing('adaccounts', 'adaccount', (world, organization) => accountsOf(world, organization.id));
export const readFundingSources: Handler = listing('fundingsources', 'fundingsource', (world, organization) =>
  world.store.all('fundingsource').filter((one) => one.fields['organization_id'] === organization.id),
);

/** On their own host, with a scope of their own [T]. */
export const readProfiles: Handler = listing('public_profiles', 'public_profile', (world, organization) =>
  world.store.all('profile').filter((one) => one.fields['organization_id'] === organization.id),
);
export const readMyProfiles: Handler = listing('public_profiles', 'public_profile', (world) => world.store.all('profile'));

export const readPixels: Handler = listing('pixels', 'pixel', (world, account) =>
  world.store.all('pixel').filter((one) => one.accountId === account.id),
);
