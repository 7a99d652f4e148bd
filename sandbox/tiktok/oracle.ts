import { canSpend, secondaryStatus } from './delivery-status.ts';
import { isDeleted } from './make-object.ts';
import type { Family, TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

export interface TiktokOracleObject {
  id: string;
  /** An ad group is an `ad_set` in the words all oracles share. */
  kind: Exclude<TiktokObject['kind'], 'adgroup'> | 'ad_set';
  family: Family | null;
  accountId: string | null;
  name: string | null;
  /** As the platform says it: ENABLE, DISABLE, DELETE. */
  status: string | null;
  secondaryStatus: string | null;
  /** Outermost first. */
  parentIds: string[];
  /** The client token its name ends with. */
  token: string | null;
  createdTime: string;
  /** Money flows, or will without anybody doing anything more. */
  canSpend: boolean;
  requestId: string;
  /** Part of the generated demo world. */
  demo: boolean;
  fields: Record<string, unknown>;
}

const LAUNCHED = ['campaign', 'adgroup', 'ad'] as const;
const KINDS = ['advertiser', 'identity', 'pixel', 'audience', 'form', 'image', 'video', ...LAUNCHED, 'lead'] as const;
const TOKEN = /(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{13}$/;

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
    token: TOKEN.exec(name ?? '')?.[0] ?? null,
    createdTime: new Date(object.createdAt).toISOString(),
    canSpend: isLaunched && canSpend(world, object),
    requestId: object.requestId,
    demo: object.demo,
    fields,
  };
}

/** What truly exists, past lag and lost answers. */
export function listObjects(world: TiktokWorld): TiktokOracleObject[] {
  return KINDS.flatMap((kind) => world.store.all(kind).map((object) => toOracle(world, object)));
}

/** Ads, manual and Smart+, whose name ends with this client token. */
export function findByToken(world: TiktokWorld, token: string): TiktokOracleObject[] {
  return world.store
    .all('ad')
    .filter((ad) => String(ad.fields['ad_name']).endsWith(token))
    .map((ad) => toOracle(world, ad));
}

/** Living objects beyond the first that share kind, account and intent: the client token, else parent and name. */
export function countDuplicates(world: TiktokWorld): number {
  let duplicates = 0;
  for (const kind of LAUNCHED) {
    const seen = new Set<string>();
    for (const object of world.store.all(kind)) {
      if (object.demo || isDeleted(object)) continue;
      const name = String(object.fields[`${kind}_name`]);
      const parent = String(object.fields['adgroup_id'] ?? object.fields['campaign_id'] ?? '');
      const intent = `${String(object.advertiserId)} ${TOKEN.exec(name)?.[0] ?? `${parent} ${name}`}`;
      if (seen.has(intent)) duplicates += 1;
      seen.add(intent);
    }
  }
  return duplicates;
}
