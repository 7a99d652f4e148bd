import type { Usage } from '../ad-platform.ts';

/** The most items the platform takes in one batch request; each counts as a call of its own. */
export const BATCH_LIMIT = 50;
/** The most rows asked for per page of a list. */
export const PAGE_LIMIT = 200;

/**
 * The fullest of the three meters the platform reports: percent used, and when it frees. `estimated_time_to_regain_access` is in
 * minutes, `reset_time_duration` in seconds (platforms/meta, Limits). Null when no header came along.
 */
export function readUsage(headers: Headers): Usage | null {
  const found: Usage[] = [];
  const app = parse(headers.get('x-app-usage'));
  if (app) found.push({ percent: most(app, ['call_count', 'total_time', 'total_cputime']), regainSeconds: null, tier: null });
  const account = parse(headers.get('x-ad-account-usage'));
  if (account) found.push({ percent: number(account['acc_id_util_pct']), regainSeconds: number(account['reset_time_duration']), tier: text(account['ads_api_access_tier']) });
  for (const entries of Object.values(parse(headers.get('x-business-use-case-usage')) ?? {})) {
    for (const entry of Array.isArray(entries) ? (entries as Record<string, unknown>[]) : []) {
      const minutes = number(entry['estimated_time_to_regain_access']);
      found.push({ percent: most(entry, ['call_count', 'total_time', 'total_cputime']), regainSeconds: minutes > 0 ? minutes * 60 : null, tier: text(entry['ads_api_access_tier']) });
    }
  }
  if (found.length === 0) return null;
  const fullest = found.reduce((a, b) => (b.percent > a.percent ? b : a));
  return { ...fullest, tier: found.find((one) => one.tier !== null)?.tier ?? null };
}

function parse(header: string | null): Record<string, unknown> | null {
  if (!header) return null;
  try {
    const value: unknown = JSON.parse(header);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null; // a signal for pacing only: unreadable counts as not sent
  }
}
const number = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const most = (from: Record<string, unknown>, names: string[]): number => Math.max(...names.map((name) => number(from[name])));
