import { createHash } from 'node:crypto';
import { listOf, part } from './operation.ts';
import type { AdsCall } from './read-call.ts';
import type { Fields } from './read-message.ts';
import type { AdsWorld } from './world.ts';

/** A client token: 13 characters of Crockford base32, new in every run. */
const TOKEN = /(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{13}(?![0-9A-Za-z])/g;
const NAME = /customers\/\d+\/[A-Za-z]+\/[\d~A-Z_]+/g;

/** What a create says of itself, whatever ids it was given. */
function wordsOf(resource: Fields): string {
  const ad = part(resource['ad']);
  const texts = JSON.stringify(ad['responsiveSearchAd'] ?? ad['demandGenMultiAssetAd'] ?? ad['responsiveDisplayAd'] ?? '');
  const picture = part(resource['imageAsset'])['data'];
  const hash = picture === undefined ? '' : createHash('sha256').update(String(picture)).digest('hex').slice(0, 12);
  return [resource['name'], part(resource['textAsset'])['text'], resource['fieldType'], ad['name'], texts, hash]
    .map((one) => (one === undefined ? '' : String(one)))
    .join('|');
}

function operationsOf(call: AdsCall): Fields[] {
  const many = listOf(call.body['mutateOperations'] ?? call.body['mutate_operations']).map((one) => part(Object.values(part(one))[0]));
  return many.length > 0 ? many : listOf(call.body['operations']).map(part);
}

/** Existing things are called by what they say of themselves: their ids follow from the order of arrival. */
function withoutIds(world: AdsWorld, text: string): string {
  return text.replace(NAME, (name) => {
    const known = world.store.get(name);
    return known === undefined ? 'unknown' : `${known.type}:${wordsOf(known.fields)}`;
  });
}

/** A token stands for what its create says in the same words in every run; look-ups name the token alone. */
function learnTokens(world: AdsWorld, words: string): void {
  const unknown = new Set((words.match(TOKEN) ?? []).filter((token) => !world.intents.has(token)));
  if (unknown.size === 0) return;
  const said = words.replace(TOKEN, (token) => (unknown.has(token) ? '' : (world.intents.get(token) ?? '')));
  for (const token of unknown) world.intents.set(token, said);
}

/** Words that name a request the same way in every run of one seed. */
export function requestKey(world: AdsWorld, call: AdsCall): string {
  const customer = call.path.split('/')[1] ?? '';
  const operations = operationsOf(call);
  const said = operations
    .map((one) => {
      const made = part(one['create']);
      const changed = part(one['update']);
      const target = String(changed['resourceName'] ?? one['remove'] ?? '');
      return `${wordsOf(made)} ${target} ${String(one['updateMask'] ?? '')} ${String(changed['status'] ?? '')}`;
    })
    .join('; ');
  const words = withoutIds(
    world,
    `${call.method} ${customer} ${call.verb ?? call.path} ${said} ${String(call.body['query'] ?? '')} ${String(call.body['pageToken'] ?? '') === '' ? '' : 'more'}`,
  );
  if (operations.some((one) => one['create'] !== undefined)) learnTokens(world, words);
  // Numbers in a query are ids of things; a date has no more than four digits in a row.
  const key = words.replace(TOKEN, (token) => world.intents.get(token) ?? 'token').replace(/\d{10,}/g, 'id');
  return createHash('sha256').update(key).digest('hex');
}
