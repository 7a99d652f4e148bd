import { createHash } from 'node:crypto';
import type { TiktokCall } from './call.ts';
import type { TiktokWorld } from './world.ts';

/** A client token: 13 characters of Crockford base32, new in every run. */
const TOKEN = /(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{13}(?![0-9A-Za-z])/g;
/** Moments differ between runs. */
const TIME = /\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?/g;
/** Ids are handed out in order of arrival. */
const ID = /(?<![\w-])(?:\d{15,19}|v10033g50000\d+|ad-site-i18n-sg\/\d+)(?![\w-])/g;

/** Sent with every call, and different in every run. */
const LEFT_OUT = new Set(['request_id', 'secret', 'access_token', 'upload_id', 'task_id', 'auth_code']);

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

const nameOf = (world: TiktokWorld, id: string): string => {
  const object = world.store.get(id);
  if (object === undefined) return 'unknown';
  const { fields, kind } = object;
  if (object.demo) return id;
  return `${kind}:${String(fields[`${kind}_name`] ?? fields['file_name'] ?? fields['name'] ?? '')}`;
};

/** A list is a set for the key: ids come in the order in which they were handed out. */
function canonical(world: TiktokWorld, value: unknown): unknown {
  if (typeof value === 'string') return value.replace(TIME, '').replace(ID, (id) => nameOf(world, id));
  if (Array.isArray(value)) {
    return value.map((one) => canonical(world, one)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !LEFT_OUT.has(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, canonical(world, part)]),
  );
}

/** A token stands for what its create says in the same words in every run; look-ups name the token alone. */
function learnTokens(world: TiktokWorld, call: TiktokCall, said: string): void {
  if (call.method !== 'POST') return;
  const { ad_name: adName, adgroup_name: adgroupName, campaign_name: campaignName, file_name: fileName, name, creatives } = call.params;
  const own = [adName, adgroupName, campaignName, fileName, name, ...[...call.files.values()].map((file) => file.name)];
  const inside = Array.isArray(creatives) ? creatives.map((creative) => (creative as { ad_name?: unknown } | null)?.ad_name) : [];
  for (const title of [...own, ...inside].filter((one) => typeof one === 'string')) {
    for (const token of title.match(TOKEN) ?? []) {
      if (world.intents.has(token)) continue;
      const about = inside.includes(title) ? '' : said.replace(TOKEN, (other) => (other === token ? '' : (world.intents.get(other) ?? '')));
      const parent = nameOf(world, String(call.params['adgroup_id'] ?? call.params['campaign_id'] ?? ''));
      const intent = `${call.path} ${title.replace(TOKEN, '')} ${withoutTokens(world, parent)} ${about}`;
      world.intents.set(token, digest(intent));
    }
  }
}

export function withoutTokens(world: TiktokWorld, words: string): string {
  return words.replace(TOKEN, (token) => world.intents.get(token) ?? 'token');
}

/**
 * Words that name a request the same way in every run of one seed: ids become the names of what they point to, moments go, and
 * client tokens are replaced by what they stand for.
 */
export function requestKey(world: TiktokWorld, call: TiktokCall): string {
  const files = [...call.files.values()].map((file) => digest(file.bytes)).join();
  const upload = world.uploads.get(String(call.params['upload_id'] ?? ''));
  const said = `${JSON.stringify(canonical(world, call.params))} ${files} ${upload?.name ?? ''}`;
  learnTokens(world, call, said);
  const words = `${call.method} ${call.path} ${withoutTokens(world, said)}`;
  return words.length < 200 ? words : `${call.method} ${call.path} ${digest(words)}`;
}
