import { adsWithToken, duplicatesAmong, tokenOf, type AdsOracleObject } from '../core/ads-oracle.ts';
import { canSpend, secondaryStatus } from './delivery-status.ts';
import { isDeleted } from './make-object.ts';
import type { Family, TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

export interface TiktokOracleObject extends Omit<AdsOracleObject, 'accountId' | 'kind'> {
  /** An ad group is an `ad_set` in the words all oracles share. */
  kind: Exclude<TiktokObject['kind'], 'adgroup'> | 'ad_set';
  family: Family | null;
  accountId: string | null;
  /** Why it delivers or does not, in the platform's words. */
  secondaryStatus: string | null;
}

const LAUNCHED = ['campaign', 'adgroup', 'ad'] as const;
const KINDS = ['advertiser', 'identity', 'pixel', 'audience', 'form', 'image', 'video', ...LAUNCHED, 'lead'] as const;

function toOracle(world: TiktokWorld, object: TiktokObject): TiktokOracleObject {
  const { fields, kind } = object;
  const word = (...names: string[]): string | null => names.map((name) => fields[name]).find((value) => typeof value === 'string') ?? null;
  const isLaunched = (LAUNCHED as readonly string[]).includes(kind);
  const name = word(`${kind}_name`, 'name', 'display_name', 'title', 'file_name');
  return {
    id: object.id,
    kind: kind === 'adgroup' ? 'ad_set' : kind,
    family: object.family,
    accountId: object.advertiserId,
    name,
    status: word('operation_status', 'status'),
    secondaryStatus: isLaunched ? secondaryStatus(world, object) : null,
    parentIds: isLaunched ? [fields['campaign_id'], fields['adgroup_id']].filter((id) => id !== undefined).map(String) : [],
    token: tokenOf(name),
    createdTime: new Date(object.createdAt).toISOString(),
    canSpend: isLaunched && canSpend(world, object),
    isDeleted: isLaunched && isDeleted(object),
    requestId: object.requestId,
    demo: object.demo,
    fields,
  };
}

/** What truly exists, past lag and lost answers. */
export function listObjects(world: TiktokWorld): TiktokOracleObject[] {
  return KINDS.flatMap((kind) => world.store.all(kind).map((object) => toOracle(world, object)));
}

const SHARED = ['image', 'video', ...LAUNCHED] as const;

/** What can be launched and what it is made of, in the words that all ad platforms of the sandbox share. */
export function listAdsObjects(world: TiktokWorld): AdsOracleObject[] {
  return SHARED.flatMap((kind) =>
    world.store.all(kind).map((object) => {
      const { family: _family, secondaryStatus: _secondary, accountId, ...shared } = toOracle(world, object);
      return { ...shared, kind: kind === 'adgroup' ? 'ad_set' : kind, accountId: accountId ?? '' };
    }),
  );
}

/** Ads, manual and Smart+, whose name ends with this client token. */
export function findByToken(world: TiktokWorld, token: string): AdsOracleObject[] {
  return adsWithToken(listAdsObjects(world), token);
}

/** Living objects beyond the first that share kind, account and intent: the client token, else parents and name. */
export function countDuplicates(world: TiktokWorld): number {
  return duplicatesAmong(listAdsObjects(world));
}
