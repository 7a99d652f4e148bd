import { createHash } from 'node:crypto';
import type { GraphCall } from './graph-call.ts';
import { throttled, type GraphError, type ThrottleKind } from './graph-error.ts';
import type { GraphObject } from './store.ts';
import type { MetaWorld } from './world.ts';

/** A client token: 13 characters of Crockford base32, new in every run. */
const TOKEN = /(?<![0-9A-Za-z])[0-9A-HJKMNP-TV-Z]{13}(?![0-9A-Za-z])/g;

const nameOf = (world: MetaWorld, id: string): string => {
  const node = world.store.get(id);
  return node === undefined
    ? 'unknown'
    : `${node.kind}:${String(node.fields['name'] ?? node.fields['title'] ?? node.fields['hash'] ?? node.id)}`;
};

const namesOf = (world: MetaWorld, ids: unknown): string =>
  Array.isArray(ids)
    ? ids
        .map((id) => nameOf(world, String(id)))
        .toSorted()
        .join()
    : '';

const digest = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex').slice(0, 12);

/** What lies around a create: names repeat, so below which parent it goes, and for files their bytes. */
function surroundings(world: MetaWorld, call: GraphCall): string {
  const { campaign_id: campaign, adset_id: adset, upload_session_id: session, bytes } = call.params;
  const parents = [campaign, adset].map((id) => (id === undefined ? '' : nameOf(world, String(id)))).join('|');
  const upload = session === undefined ? '' : `${world.uploads.get(String(session))?.size ?? ''}`;
  const files = [...call.files.values()].map((file) => `${file.name}:${digest(file.bytes)}`);
  return `${parents} ${upload} ${files.join()}${typeof bytes === 'string' ? digest(bytes) : ''}`;
}

/** A token stands for what its create says in the same words in every run; look-ups name the token alone. */
function learnTokens(world: MetaWorld, call: GraphCall): void {
  if (call.method !== 'POST') return;
  const { adlabels, name, title } = call.params;
  const words = [JSON.stringify(adlabels ?? ''), name, title, ...[...call.files.values()].map((file) => file.name)].map(String).join(' ');
  const unknown = (words.match(TOKEN) ?? []).filter((token) => !world.intents.has(token));
  if (unknown.length === 0) return;
  const said = `${call.path[1] ?? ''} ${[name, title].map((part) => (part === undefined ? '' : String(part))).join(' ')} ${surroundings(world, call)}`;
  const own = new Set(unknown);
  const intent = said.replace(TOKEN, (token) => (own.has(token) ? '' : (world.intents.get(token) ?? '')));
  for (const token of own) world.intents.set(token, intent);
}

/**
 * Words that name a request the same way in every run of one seed: ids are handed out in arrival order, so they are
 * replaced by the names of what they point to; client tokens are new in every run, so they are replaced by what they stand for.
 */
export function requestKey(world: MetaWorld, call: GraphCall): string {
  learnTokens(world, call);
  const [id, edge] = call.path;
  const subject = id === undefined ? 'root' : id.startsWith('act_') || id === 'me' ? id : nameOf(world, id);
  const { name, title, status, upload_phase: phase, start_offset: offset, after, filtering, fields, hashes } = call.params;
  const filters = filtering === undefined ? '' : JSON.stringify(filtering).replace(/\d{12,}/g, (found) => nameOf(world, found));
  const about = [
    name,
    title,
    status,
    phase,
    offset,
    filters,
    call.method === 'GET' ? fields : '',
    after === undefined ? '' : 'more',
    namesOf(world, call.params['ad_label_ids']),
    Array.isArray(hashes) ? hashes.map(String).toSorted().join() : '',
  ]
    .map((part) => (part === undefined ? '' : String(part)))
    .join('|');
  const batch = Array.isArray(call.params['batch'])
    ? call.params['batch'].map((item) => new URLSearchParams(String((item as { body?: unknown }).body ?? '')).get('name') ?? '').join()
    : '';
  const words = `${call.method} ${subject} ${edge ?? ''} ${about} ${surroundings(world, call)}${batch}`;
  return words.replace(TOKEN, (token) => world.intents.get(token) ?? 'token');
}

/** Share of throttles that come as 429. */
const PLAIN_429 = 0.25;

/** The refusal a throttled call gets: its code fits the call, its status is 400 or 429 by seed. */
export function throttleOf(world: MetaWorld, call: GraphCall, node: GraphObject | undefined): GraphError {
  const die = world.core.faults.roll(`throttle status ${requestKey(world, call)}`);
  return throttled(throttleKind(world, call, node), die < PLAIN_429 ? 429 : 400);
}

/** The account-level codes take turns by seed. */
function throttleKind(world: MetaWorld, call: GraphCall, node: GraphObject | undefined): ThrottleKind {
  if (call.path[1] === 'insights' || node?.kind === 'report') return 'insights';
  if (node?.kind === 'lead' || node?.kind === 'form') return 'leads';
  const kinds = ['account', 'custom', 'management'] as const;
  return kinds[Math.floor(world.core.faults.roll(`throttle kind ${requestKey(world, call)}`) * kinds.length)] ?? 'account';
}
