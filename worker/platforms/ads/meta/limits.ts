import type { Pace, Usage } from '../ad-platform.ts';

/**
 * Points of an ad account: a read 1, a write 3, 60 on the limited tier and 9,000 on the full one, gone after 300 s. The rates lie above what
 * that allows for long: the meter in every answer slows them down. Source: platforms/meta, Limits.
 */
export const PACE: Pace = {
  cost: { read: 1, write: 3 },
  counts: 'items',
  unknown: { perSecond: 1, burst: 45 },
  tiers: {
    development_access: { perSecond: 0.5, burst: 45, lasting: 60 / 300 },
    standard_access: { perSecond: 90, burst: 4_000, lasting: 9_000 / 300 },
  },
};

/** The most items the platform takes in one batch request; each counts as a call of its own. */
export const BATCH_LIMIT = 50;
/** Rows asked for per page of a list. */
export const PAGE_LIMIT = 200;

interface AccountUsage {
  acc_id_util_pct?: number;
  reset_time_duration?: number;
  ads_api_access_tier?: string;
}
interface CaseUsage {
  call_count?: number;
  total_cputime?: number;
  total_time?: number;
  estimated_time_to_regain_access?: number;
  ads_api_access_tier?: string;
}

/** The fullest of the three meters that Graph reports in headers (percent); null when an answer carries none. Source: platforms/meta, Limits. */
export function readUsage(headers: Headers): Usage | null {
  const meters: Usage[] = [];
  const app = headerJson(headers, 'x-app-usage') as CaseUsage | null;
  if (app) meters.push({ percent: fullest(app), regainSeconds: null, tier: null });
  const account = headerJson(headers, 'x-ad-account-usage') as AccountUsage | null;
  if (account?.acc_id_util_pct !== undefined) {
    meters.push({
      percent: account.acc_id_util_pct,
      regainSeconds: account.reset_time_duration ?? null,
      tier: account.ads_api_access_tier ?? null,
    });
  }
  for (const uses of Object.values((headerJson(headers, 'x-business-use-case-usage') as Record<string, CaseUsage[]> | null) ?? {})) {
    for (const use of uses) {
      const minutes = use.estimated_time_to_regain_access;
      meters.push({
        percent: fullest(use),
        regainSeconds: minutes === undefined ? null : minutes * 60,
        tier: use.ads_api_access_tier ?? null,
      });
    }
  }
  const [first, ...rest] = meters;
  if (!first) return null;
  const most = rest.reduce((top, meter) => (meter.percent > top.percent ? meter : top), first);
  return { ...most, tier: most.tier ?? meters.find((meter) => meter.tier !== null)?.tier ?? null };
}

const fullest = (use: CaseUsage) => Math.max(use.call_count ?? 0, use.total_cputime ?? 0, use.total_time ?? 0);

function headerJson(headers: Headers, name: string): unknown {
  const text = headers.get(name);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null; // a meter that cannot be read only costs pacing
  }
}
