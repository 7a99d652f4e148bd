import { createHash } from 'node:crypto';
import { withoutTokens } from './words.ts';
import { isEntity, ENTITIES } from './entities.ts';
import type { SnapCall } from './snap-call.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What an id points to, with what it lies in: names repeat, so the way down to it is part of the words. */
function wayTo(world: SnapWorld, id: string): string {
  const object = world.store.get(id);
  if (object === undefined) return 'unknown';
  if (object.demo) return id;
  const above = parentId(object);
  const way = above === null ? '' : `${wayTo(world, above)}/`;
  const creative = object.fields['creative_id'];
  const shows = typeof creative === 'string' ? `(${nameOf(world, creative)})` : '';
  return `${way}${object.kind}:${nameOf(world, id)}${shows}`;
}

function nameOf(world: SnapWorld, id: string): string {
  const object = world.store.get(id);
  return withoutTokens(String(object?.fields['name'] ?? object?.kind ?? 'unknown'));
}

function parentId(object: SnapObject): string | null {
  const field = isEntity(object.kind) ? object.fields[ENTITIES[object.kind].parent] : undefined;
  return typeof field === 'string' && object.kind !== 'campaign' ? field : null;
}

/** The body in words that repeat: ids by what they point to, tokens left out, files by their bytes. */
function bodyWords(world: SnapWorld, call: SnapCall): string {
  const files = [...call.files.values()].map(({ name, bytes }) => `${withoutTokens(name)}:${digest(bytes)}`);
  const { upload_id: _session, ...rest } = (typeof call.body === 'object' && call.body !== null ? call.body : {}) as Json;
  const said = withoutTokens(JSON.stringify(rest)).replace(UUID, (id) => wayTo(world, id));
  return `${digest(said)} ${files.join()}`;
}

const digest = (value: Uint8Array | string): string => createHash('sha256').update(value).digest('hex').slice(0, 12);

/**
 * Words that name a request the same way in every run of one seed. Ids are handed out in arrival order, so they are replaced by
 * what they point to; client tokens are new in every launch, so they are left out.
 */
export function requestKey(world: SnapWorld, call: SnapCall): string {
  const path = call.path.map((part) => part.replace(UUID, (id) => wayTo(world, id))).join(' ');
  const query = [...call.query]
    .filter(([name]) => name !== 'cursor' && name !== 'report_run_id')
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join('&');
  const more = call.query.has('cursor') ? 'more' : '';
  return `${call.method} ${path} ${query} ${more} ${call.method === 'GET' ? '' : bodyWords(world, call)}`;
}
