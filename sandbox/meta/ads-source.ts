import type { AdsSource } from '../host-pages/index.ts';
import { addDays, dayIn, daysOf } from '../core/days.ts';
import { effectiveStatus } from './render-node.ts';
import { DEMO_DAYS } from './insights.ts';
import type { DayFigures } from '../core/insight-book.ts';
import type { MetaWorld } from './world.ts';

/** Reads objects and daily figures without the API's paging, lag and faults: for the imitated host page only. */
export function createAdsSource(world: MetaWorld): AdsSource {
  const { store, insights } = world;
  const today = (accountId: string): string => {
    const zone = store.get(`act_${accountId}`)?.fields['timezone_name'];
    return dayIn(typeof zone === 'string' ? zone : 'UTC', world.core.now());
  };

  return {
    account(accountId) {
      const account = store.get(`act_${accountId}`);
      return account === undefined
        ? null
        : { id: accountId, name: String(account.fields['name']), currency: String(account.fields['currency']) };
    },
    accounts: () => store.all('account').map((account) => ({ id: account.id.slice(4), name: String(account.fields['name']) })),
    objects: (level, accountId) =>
      store
        .all(level)
        .filter((one) => one.accountId === accountId && one.fields['status'] !== 'DELETED')
        .map((one) => ({ id: one.id, fields: { ...one.fields, effective_status: effectiveStatus(world, one) } })),
    figures(adId, range) {
      const ad = store.get(adId);
      if (ad?.kind !== 'ad' || ad.accountId === null || !insights.has(adId)) return null;
      const last = today(ad.accountId);
      const demoDays = new Set(daysOf({ since: addDays(last, 1 - DEMO_DAYS), until: last }));
      const days = daysOf(range ?? { since: addDays(last, -30), until: addDays(last, -1) });
      const found = days.flatMap((day) => insights.day(adId, day, demoDays) ?? []);
      if (found.length === 0) return null;
      const sum = (of: (figures: DayFigures) => number): number => found.reduce((total, figures) => total + of(figures), 0);
      const results = store.all('lead').filter((lead) => lead.fields['ad_id'] === adId).length;
      return {
        spendMinor: sum((one) => one.spendMinor),
        impressions: sum((one) => one.impressions),
        clicks: sum((one) => one.clicks),
        results,
      };
    },
  };
}
