import type { FaultPlan } from '../../core/faults.ts';
import { DEMO_IDS } from '../index.ts';
import { openSnapSandbox, type SnapSandbox } from './snap-world.ts';

// Tests look into answers of many shapes; each says by its assertions what it expects.
export type SnapBody = Record<string, unknown> & {
  request_status?: string;
  error_code?: string;
  paging?: { next_link?: string };
};
export interface SnapAnswer {
  status: number;
  headers: Headers;
  body: SnapBody;
}

export interface SnapClient {
  sandbox: SnapSandbox;
  token: string;
  /** Moves the clock; each call moves it by itself, so that the pace is never met by accident. */
  pass(ms: number): void;
  now(): number;
  /** Null = the connection was cut. The body goes as JSON, or as it is when it is a form. */
  tryCall(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<SnapAnswer | null>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<SnapAnswer>;
  get(path: string): Promise<SnapAnswer>;
  post(path: string, body: unknown): Promise<SnapAnswer>;
  put(path: string, body: unknown): Promise<SnapAnswer>;
  patch(path: string, patch: unknown): Promise<SnapAnswer>;
  del(path: string): Promise<SnapAnswer>;
}

const BETWEEN_CALLS_MS = 150;
const START = Date.parse('2026-11-20T10:00:00Z');

/** A plain caller of the imitated API, without sockets. */
export function openSnap(
  options: { seed?: number; faults?: FaultPlan; demo?: boolean; workerOrigin?: string; betweenCallsMs?: number } = {},
): SnapClient {
  let now = START;
  const { betweenCallsMs = BETWEEN_CALLS_MS, ...rest } = options;
  const sandbox = openSnapSandbox({ ...rest, seed: options.seed ?? 1, demo: options.demo ?? false, now: () => now });
  const token = sandbox.snapchat.issueToken();

  const tryCall: SnapClient['tryCall'] = async (method, path, body, headers = {}) => {
    now += betweenCallsMs;
    const url = path.startsWith('https:') ? path : `https://adsapi.snapchat.com${path.startsWith('/') ? path : `/v1/${path}`}`;
    const isForm = body instanceof FormData;
    const response = await sandbox.handle(
      new Request(url, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(isForm ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: isForm ? body : typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    if (response === null) return null;
    const text = await response.text();
    const shown = text.startsWith('{') ? (JSON.parse(text) as SnapBody) : { text };
    return { status: response.status, headers: response.headers, body: shown };
  };
  const call: SnapClient['call'] = async (method, path, body, headers) => {
    const answer = await tryCall(method, path, body, headers);
    if (answer === null) throw new Error(`${method} ${path}: cut`);
    return answer;
  };

  return {
    sandbox,
    token,
    pass(ms) {
      now += ms;
    },
    now: () => now,
    tryCall,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    put: (path, body) => call('PUT', path, body),
    patch: (path, patch) => call('PATCH', path, patch, { 'content-type': 'application/json-patch+json' }),
    del: (path) => call('DELETE', path),
  };
}

export const ACCOUNT = `adaccounts/${DEMO_IDS.account}`;

export const CAMPAIGN = {
  name: 'Launch',
  ad_account_id: DEMO_IDS.account,
  status: 'PAUSED',
  start_time: '2026-12-01T08:00:00.000+01:00',
  objective_v2_properties: { objective_v2_type: 'TRAFFIC' },
};
export const ADSQUAD = {
  name: 'Squad',
  status: 'PAUSED',
  type: 'SNAP_ADS',
  optimization_goal: 'SWIPES',
  billing_event: 'IMPRESSION',
  placement_v2: { config: 'AUTOMATIC' },
  targeting: { geos: [{ country_code: 'fr' }] },
  daily_budget_micro: 20_000_000,
  bid_strategy: 'AUTO_BID',
};
export const CREATIVE = {
  name: 'Creative',
  ad_account_id: DEMO_IDS.account,
  type: 'WEB_VIEW',
  headline: 'Try a cup',
  profile_properties: { profile_id: DEMO_IDS.profile },
  call_to_action: 'SHOP_NOW',
  web_view_properties: { url: 'https://example.com/coffee' },
};
export const AD = { name: 'Ad', status: 'PAUSED', type: 'REMOTE_WEBPAGE' };

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

type Item = Record<string, unknown> & { sub_request_status: string; sub_request_error_reason?: string };

/** The items of an answer with their wrapping. */
export function itemsIn(answer: SnapAnswer, plural: string): Item[] {
  const items = answer.body[plural];
  if (!Array.isArray(items)) throw new Error(`no ${plural}: ${JSON.stringify(answer.body)}`);
  return items as Item[];
}

/** The objects of an answer. */
export function shownIn(answer: SnapAnswer, plural: string, singular: string): Record<string, unknown>[] {
  return itemsIn(answer, plural).map((item) => {
    const shown = item[singular];
    if (typeof shown !== 'object' || shown === null) throw new Error(`refused: ${JSON.stringify(item)}`);
    return shown as Record<string, unknown>;
  });
}

export function firstIn(answer: SnapAnswer, plural: string, singular: string): Record<string, unknown> & { id: string } {
  return shownIn(answer, plural, singular)[0] as Record<string, unknown> & { id: string };
}

export function fileForm(bytes: Uint8Array, name: string, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

/** A picture that is ready for use. */
export async function makeMedia(snap: SnapClient, name = 'Cup'): Promise<string> {
  const media = firstIn(await snap.post(`${ACCOUNT}/media`, { media: [{ name, type: 'IMAGE' }] }), 'media', 'media');
  await snap.call('POST', `media/${media.id}/upload`, fileForm(PNG, `${name}.png`));
  snap.pass(1000);
  return media.id;
}

/** A whole paused tree; `suffix` is added to every name. */
export async function makeTree(
  snap: SnapClient,
  suffix = '',
): Promise<Record<'ad' | 'adsquad' | 'campaign' | 'creative' | 'media', string>> {
  const media = await makeMedia(snap);
  const named = <T extends { name: string }>(item: T): T => ({ ...item, name: item.name + suffix });
  const creatives = [{ ...named(CREATIVE), top_snap_media_id: media }];
  const creative = firstIn(await snap.post(`${ACCOUNT}/creatives`, { creatives }), 'creatives', 'creative').id;
  const campaign = firstIn(await snap.post(`${ACCOUNT}/campaigns`, { campaigns: [named(CAMPAIGN)] }), 'campaigns', 'campaign').id;
  const adsquads = [{ ...named(ADSQUAD), campaign_id: campaign }];
  const adsquad = firstIn(await snap.post(`campaigns/${campaign}/adsquads`, { adsquads }), 'adsquads', 'adsquad').id;
  const ads = [{ ...named(AD), ad_squad_id: adsquad, creative_id: creative }];
  const ad = firstIn(await snap.post(`adsquads/${adsquad}/ads`, { ads }), 'ads', 'ad').id;
  return { campaign, adsquad, creative, ad, media };
}
