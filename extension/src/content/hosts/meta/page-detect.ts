import type { Level } from '../../../messaging/overlay-types.ts';
import type { MetaPage, PageRange } from '../page.ts';

const HOSTS = new Set(['adsmanager.facebook.com', 'business.facebook.com', 'www.facebook.com']);
const LEVELS: Record<string, Level> = { campaigns: 'campaign', adsets: 'ad_set', ads: 'ad' };

/** `/adsmanager/manage/{campaigns,adsets,ads}?act=…`: level from the path, account with or without its `act_`. */
export function detectMetaPage(url: URL): MetaPage | null {
  if (!HOSTS.has(url.hostname)) return null;
  const path = /^\/adsmanager\/manage\/([a-z]+)\/?$/.exec(url.pathname);
  const level = path === null ? undefined : LEVELS[path[1] as string];
  const account = /^(?:act_)?(\d{1,20})$/.exec(url.searchParams.get('act') ?? '');
  if (level === undefined || account === null) return null;
  return { platform: 'meta', accountExternalId: account[1] as string, level, range: readRange(url.searchParams.get('date')) };
}

/** `2026-11-01_2026-11-19`, both days included; Ads Manager may add `,preset`. Any other form is not guessed at. */
function readRange(date: string | null): PageRange {
  if (date === null || date === '') return { kind: 'absent' };
  const days = /^(\d{4}-\d\d-\d\d)_(\d{4}-\d\d-\d\d)(?:,[a-z0-9_]{1,40})?$/.exec(date);
  if (days === null) return { kind: 'unreadable' };
  const [, since, until] = days as unknown as [string, string, string];
  return isDay(since) && isDay(until) && since <= until ? { kind: 'read', since, until } : { kind: 'unreadable' };
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
