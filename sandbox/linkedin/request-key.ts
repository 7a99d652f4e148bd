import { createHash } from 'node:crypto';
import type { Json, LiCall } from './li-call.ts';
import type { RestliValue } from './restli.ts';
import type { LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

/** A client token: 13 characters of Crockford base32, new in every run. */
const TOKEN = /(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{13}(?![0-9A-Za-z])/g;
/** Ids are handed out in arrival order; demo ids are the same in every run. */
const MADE_ID = /urn:l[il][a]?:\w+:\w*\d{12,}|\b\d{12,}\b/g;

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

function nameOf({ kind, fields, inner }: LiObject): string {
  return `${kind}:${String(fields['name'] ?? inner['digest'] ?? fields['commentary'] ?? '')}`;
}

function byAnyId(world: LiWorld, id: string): LiObject | undefined {
  if (id.startsWith('urn:')) return world.store.get(id);
  for (const type of ['sponsoredCampaign', 'sponsoredCampaignGroup', 'sponsoredCreative']) {
    const found = world.store.get(`urn:li:${type}:${id}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Ids replaced by the names of what they point to. */
const withNames = (world: LiWorld, text: string): string =>
  text.replace(MADE_ID, (id) => {
    const found = byAnyId(world, id);
    return found === undefined ? 'id' : nameOf(found);
  });

/** What an entity says about itself in words that repeat: no times, no money, no targeting. */
function about(world: LiWorld, entity: Json): string {
  const inline = (entity['inlineContent'] as { post?: Json } | undefined)?.post;
  const { name, status, intendedStatus, campaignGroup, campaign, content, commentary, contentLandingPage } = { ...inline, ...entity };
  const parts = [
    name,
    status,
    intendedStatus,
    campaignGroup,
    campaign,
    JSON.stringify(content ?? inline?.['content'] ?? ''),
    commentary,
    contentLandingPage,
  ];
  return withNames(world, parts.map((part) => (typeof part === 'string' ? part : '')).join('|'));
}

/** A token stands for what its create says in the same words in every run; look-ups name the token alone. */
function learnTokens(world: LiWorld, where: string, said: string): void {
  const unknown = new Set((said.match(TOKEN) ?? []).filter((token) => !world.intents.has(token)));
  const intent = said.replace(TOKEN, (token) => (unknown.has(token) ? '' : (world.intents.get(token) ?? '')));
  for (const token of unknown) world.intents.set(token, `${where} ${intent}`);
}

const withIntents = (world: LiWorld, words: string): string => words.replace(TOKEN, (token) => world.intents.get(token) ?? 'token');

/** Words for one element of a batch. */
export function elementKey(world: LiWorld, call: LiCall, entity: Json): string {
  const said = about(world, entity);
  learnTokens(world, call.pattern, said);
  return withIntents(world, `${call.operation} ${call.pattern} ${said}`);
}

/** Words for one object of a batch update. */
export function objectKey(world: LiWorld, call: LiCall, urn: string): string {
  return withIntents(world, `${call.operation} ${call.pattern} ${withNames(world, urn)}`);
}

/** Times in a query change from run to run; everything else of it repeats once ids and tokens are replaced. */
function queryWords(world: LiWorld, query: Map<string, RestliValue>): string {
  const kept = [...query].filter(([name]) => name !== 'pageToken' && name !== 'dateRange' && name !== 'submittedAtTimeRange');
  const more = query.has('pageToken') ? 'more' : '';
  return `${withNames(world, JSON.stringify(kept))}${more}`;
}

/** Words that name a request the same way in every run of one seed, whatever the order of arrival. */
export function requestKey(world: LiWorld, call: LiCall): string {
  const { body } = call;
  const elements = Array.isArray(body?.['elements']) ? (body['elements'] as unknown[]) : null;
  const entities = elements ?? [body?.['creative'] ?? body];
  const said = entities.map((entity) => (typeof entity === 'object' && entity !== null ? about(world, entity as Json) : '')).join('&');
  if (call.operation === 'CREATE' || call.operation.startsWith('ACTION')) learnTokens(world, call.pattern, said);
  else if (elements !== null)
    for (const entity of elements) if (typeof entity === 'object' && entity !== null) elementKey(world, call, entity as Json);
  const patch = withNames(world, JSON.stringify(body?.['patch'] ?? body?.['entities'] ?? ''));
  const upload = withNames(world, JSON.stringify(body?.['finalizeUploadRequest'] ?? body?.['initializeUploadRequest'] ?? '')).replace(
    /"uploadToken":"\w+"/,
    '',
  );
  const keys = withNames(world, JSON.stringify(call.keys));
  return withIntents(world, `${call.operation} ${call.pattern} ${keys} ${queryWords(world, call.query)} ${said} ${patch} ${upload}`);
}

/** Words for bytes that are sent to an upload address. */
export const bytesKey = (path: string, bytes: Uint8Array): string => `PUT bytes ${path.split('/').at(-1) ?? ''} ${digest(bytes)}`;
