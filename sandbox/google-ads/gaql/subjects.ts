import type { Fields } from '../read-message.ts';
import { showResource } from '../show-resource.ts';
import type { Resource } from '../store.ts';
import type { AdsWorld } from '../world.ts';

/** One row before figures: the JSON of each resource in it, by GAQL name. */
export interface Subject {
  resource: Resource;
  /** Of the row's own kind and, on demand, of what it belongs to. */
  fieldsOf(type: string): Fields | undefined;
  /** The same without what is worked out on asking: enough for most filters, and an account may hold ten thousand ads. */
  keptOf(type: string): Fields | undefined;
}

const CONSTANTS = new Set(['geo_target_constant', 'language_constant']);
/** Fields by which one thing leads to another, tried in this order. */
const WAYS: Record<string, readonly string[] | undefined> = {
  campaign: ['campaign', 'adGroup', 'assetGroup', 'adGroupAd'],
  ad_group: ['adGroup', 'adGroupAd'],
  ad_group_ad: ['adGroupAd'],
  asset_group: ['assetGroup'],
  asset: ['asset'],
  label: ['label'],
  campaign_budget: ['campaignBudget', 'campaign', 'adGroup'],
  user_list: ['userList'],
};

/** The resource of another kind that this one belongs to. */
function reach(world: AdsWorld, from: Resource, type: string): Resource | undefined {
  if (from.type === type) return from;
  if (type === 'customer') return world.store.get(`customers/${from.customerId}`);
  for (const camel of WAYS[type] ?? []) {
    const name = from.fields[camel];
    const next = typeof name === 'string' ? world.store.get(name) : undefined;
    const found = next === undefined ? undefined : reach(world, next, type);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A manager lists itself and those below it; everybody else only itself. */
function clientsOf(world: AdsWorld, customerId: string): Resource[] {
  const self = world.store.get(`customers/${customerId}`);
  if (self === undefined) return [];
  const below = self.fields['manager'] === true ? world.store.byKey(`managed by ${customerId}`) : [];
  return [self, ...below].map((client, level) => {
    const { id, descriptiveName, currencyCode, timeZone, manager, status, testAccount } = client.fields;
    const name = `customers/${customerId}/customerClients/${String(id)}`;
    return {
      ...client,
      name,
      type: 'customer_client',
      customerId,
      fields: {
        resourceName: name,
        clientCustomer: client.name,
        id,
        descriptiveName,
        currencyCode,
        timeZone,
        manager,
        status,
        testAccount,
        hidden: false,
        level: String(Math.min(level, 1)),
      },
    };
  });
}

function listed(world: AdsWorld, from: string, customerId: string): Resource[] {
  if (CONSTANTS.has(from)) return world.store.all(from);
  if (from === 'customer') return world.store.all(from).filter((one) => one.customerId === customerId);
  if (from === 'customer_client') return clientsOf(world, customerId);
  return world.store.all(from, customerId);
}

/** `pinned` names what a query asks for by id: that is seen at once, everything else when search has caught up. */
export function subjectsOf(world: AdsWorld, from: string, customerId: string, isPinned: boolean): Subject[] {
  const now = world.core.now();
  return listed(world, from, customerId)
    .filter((resource) => isPinned || resource.visibleAt <= now)
    .map((resource) => {
      const shown = new Map<string, Fields | undefined>();
      return {
        resource,
        keptOf: (type) => reach(world, resource, type)?.fields,
        fieldsOf(type) {
          if (!shown.has(type)) {
            const found = reach(world, resource, type);
            shown.set(type, found === undefined ? undefined : showResource(world, found));
          }
          return shown.get(type);
        },
      };
    });
}

/** What carries figures below a thing: ads and asset groups. */
export function leavesOf(world: AdsWorld, resource: Resource): Resource[] {
  const below = (name: string): Resource[] => world.store.byKey(`in ${name}`).flatMap((one) => leavesOf(world, one));
  switch (resource.type) {
    case 'ad_group_ad':
    case 'asset_group':
      return [resource];
    case 'ad_group':
    case 'campaign':
      return below(resource.name);
    case 'campaign_budget':
      return world.store.byKey(`campaign of budget ${resource.name}`).flatMap((one) => leavesOf(world, one));
    case 'customer':
      return [...world.store.all('ad_group_ad', resource.customerId), ...world.store.all('asset_group', resource.customerId)];
    default:
      return [];
  }
}
