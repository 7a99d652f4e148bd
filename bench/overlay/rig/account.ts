import type { AdsSource, Level, ManagedObject } from '../../../sandbox/host-pages/ads-manager/ads-source.ts';

export const ACCOUNT = '1000000001';
export const OTHER_ACCOUNT = '1000000002';
export const ADS = 5000;

/** An account for the imitated Ads Manager: 20 campaigns, 250 ad sets, 5,000 ads, with ids as long as the platform's own. */
export function createAccount(): AdsSource {
  const make = (level: Level, count: number, prefix: string, parents: (place: number) => Record<string, unknown>): ManagedObject[] =>
    Array.from({ length: count }, (_, place) => ({
      id: `${prefix}${String(place).padStart(10, '0')}`,
      fields: {
        name: `${level} ${place + 1} | prospecting`,
        status: place % 5 === 0 ? 'PAUSED' : 'ACTIVE',
        daily_budget: level === 'ad' ? undefined : 2000,
        ...parents(place),
      },
    }));
  const campaigns = make('campaign', 20, '1202', () => ({}));
  const adsets = make('adset', 250, '1203', (place) => ({ campaign_id: campaigns[place % 20]!.id }));
  const ads = make('ad', ADS, '1204', (place) => ({ adset_id: adsets[place % 250]!.id, campaign_id: campaigns[place % 20]!.id }));
  const others = make('ad', 40, '1304', () => ({}));
  const byLevel: Record<Level, ManagedObject[]> = { campaign: campaigns, adset: adsets, ad: ads };
  return {
    account: (id) =>
      id === ACCOUNT
        ? { id, name: 'Bench account', currency: 'EUR' }
        : id === OTHER_ACCOUNT
          ? { id, name: 'Other account', currency: 'USD' }
          : null,
    accounts: () => [
      { id: ACCOUNT, name: 'Bench account' },
      { id: OTHER_ACCOUNT, name: 'Other account' },
    ],
    objects: (level, account) => (account === ACCOUNT ? byLevel[level] : account === OTHER_ACCOUNT && level === 'ad' ? others : []),
    figures: (id) => ({ spendMinor: Number(id.slice(-4)) + 100, impressions: 1000, clicks: 20, results: 1 }),
  };
}
