import { CLIENT_TOKEN_PATTERN } from '#shared/rules/client-token.ts';
import { tokenOf, type AdsOracleObject } from '../core/ads-oracle.ts';
import type { GraphObject, MetaStore } from './store.ts';

const KINDS = { campaign: 'campaign', adset: 'ad_set', ad: 'ad', creative: 'creative', image: 'image', video: 'video' } as const;
type Kind = keyof typeof KINDS;

const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const isOn = (object: GraphObject | undefined): boolean => object?.fields['status'] === 'ACTIVE';

/** Ads that are on under an ad set and a campaign that are, with these two. */
function spenders(store: MetaStore): Set<string> {
  const found = new Set<string>();
  for (const ad of store.all('ad')) {
    const chain = [ad, store.get(String(ad.fields['adset_id'])), store.get(String(ad.fields['campaign_id']))];
    if (chain.every(isOn)) for (const one of chain) if (one !== undefined) found.add(one.id);
  }
  return found;
}

function tokenIn(store: MetaStore, object: GraphObject, name: string | null): string | null {
  const labels = object.labelIds.map((id) => String(store.get(id)?.fields['name']));
  return labels.find((label) => CLIENT_TOKEN_PATTERN.test(label)) ?? tokenOf(name);
}

/** What truly exists, in the words that all ad platforms of the sandbox share. */
export function listAdsObjects(store: MetaStore): AdsOracleObject[] {
  const spending = spenders(store);
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    store.all(kind).map((object): AdsOracleObject => {
      const { fields } = object;
      const name = word(fields['name']) ?? word(fields['title']);
      const status = word(fields['status']);
      return {
        id: object.id,
        kind: KINDS[kind],
        accountId: object.accountId ?? '',
        name,
        status,
        parentIds: [fields['campaign_id'], fields['adset_id'], fields['creative_id']].flatMap((id) => word(id) ?? []),
        token: tokenIn(store, object, name),
        createdTime: new Date(object.createdAt).toISOString(),
        canSpend: spending.has(object.id),
        isDeleted: status === 'DELETED',
        requestId: object.requestId,
        demo: object.demo,
        fields,
      };
    }),
  );
}
