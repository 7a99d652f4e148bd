import type { Worker } from 'playwright-core';
import { ACCOUNT, ADS } from './account.ts';
import { answerFor } from './oracle.ts';
import { ME } from './stub-api.ts';

/** Puts every ad's figure into the background's cache, as an earlier hour of work in the same browser session would have. */
export async function plantCache(worker: Worker, since: string, until: string): Promise<void> {
  const at = Date.now();
  const answers = Object.fromEntries(
    Array.from({ length: ADS }, (_, place) => `1204${String(place).padStart(10, '0')}`).map((id) => [
      id,
      { at, dataVersion: 7, answer: answerFor(ACCOUNT, 'ad', id) },
    ]),
  );
  const key = `metrics:${[ME.organization?.id, ACCOUNT, 'ad', JSON.stringify({ since, until }), 'last', 'accrual'].join('|')}`;
  const shelf = {
    usedAt: at,
    account: { name: 'Bench account', currency: 'EUR', timezone: 'Europe/Paris' },
    freshness: {
      spendAt: new Date(at).toISOString(),
      revenueAt: new Date(at).toISOString(),
      spendFrom: '2026-08-01',
      revenueFrom: '2026-08-01',
      leadsFrom: '2026-08-01',
      revenueGap: null,
      leadsGap: null,
    },
    totals: null,
    answers,
    definition: {
      id: 'def_1',
      currency: 'EUR',
      timezone: 'Europe/Paris',
      since,
      until,
      model: 'last',
      basis: 'accrual',
      attributionWindowDays: 28,
      dataVersion: 7,
    },
  };
  await worker.evaluate((values) => chrome.storage.session.set(values), { [key]: shelf });
}
