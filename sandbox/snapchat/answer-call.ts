import { OVER_LIMIT } from '../core/request-log.ts';
import { DEMO_IDS } from './demo-ids.ts';
import { COLLECTIONS, HANDLERS, LEAD_GEN, PROFILES } from './routes.ts';
import { ENTITIES, isEntity } from './entities.ts';
import type { SnapCall } from './snap-call.ts';
import { notFound, SnapError } from './snap-error.ts';
import type { SnapObject } from './store.ts';
import type { SnapToken } from './tokens.ts';
import type { Answer, Handler, SnapWorld } from './world.ts';

export const ADS_HOST = 'adsapi.snapchat.com';
/** Public profiles live on a host of their own [T]. */
export const PROFILE_HOST = 'businessapi.snapchat.com';

/** The only version there is. */
const VERSION = 'v1';
const DELETED_STAY_READABLE = new Set(['GET']);

interface Route {
  handler: Handler;
  node: SnapObject;
}

function userOf(world: SnapWorld, token: SnapToken): SnapObject {
  const user = world.store.find('user', token.userId) ?? world.store.find('user', DEMO_IDS.user);
  if (user === undefined) throw new Error('the world has nobody in it');
  return user;
}

/** `lead_gen integrations {id} test` as the table writes it. */
function leadGenRoute(call: SnapCall): Handler | undefined {
  const [, collection = '', ...rest] = call.path;
  const direct = LEAD_GEN[`${call.method} ${[collection, ...rest].join(' ')}`];
  const [, ...after] = rest;
  return direct ?? LEAD_GEN[`${call.method} ${[collection, '*', ...after].join(' ')}`];
}

/** What the path means, or 404. Nothing is told about objects that are there under another name. */
function findRoute(world: SnapWorld, call: SnapCall, token: SnapToken): Route {
  const [collection = '', id, edge, childId] = call.path;
  const missing = notFound(`/${call.path.join('/')}`);
  const table = call.host === PROFILE_HOST ? PROFILES : HANDLERS;
  if (collection === 'lead_gen' && call.host === ADS_HOST) {
    const handler = leadGenRoute(call);
    if (handler === undefined) throw missing;
    return { handler, node: userOf(world, token) };
  }
  if (collection === 'me') {
    const handler = table[[`${call.method} me`, ...call.path.slice(1)].join(' ')];
    if (handler === undefined) throw missing;
    return { handler, node: userOf(world, token) };
  }
  const kind = COLLECTIONS[collection];
  const node = kind === undefined ? undefined : world.store.find(kind, id);
  const name = [`${call.method} ${collection}`, ...(edge === undefined ? [] : [edge]), ...(childId === undefined ? [] : ['*'])].join(' ');
  const handler = table[name];
  if (handler === undefined || node === undefined || call.path.length > 4) throw missing;
  if (node.deleted && !DELETED_STAY_READABLE.has(call.method)) throw missing;
  return { handler, node: childId === undefined ? node : childOf(world, node, edge, childId, missing) };
}

function childOf(world: SnapWorld, parent: SnapObject, edge: string | undefined, id: string, missing: SnapError): SnapObject {
  const kind = COLLECTIONS[edge ?? ''];
  const child = kind === undefined ? undefined : world.store.find(kind, id);
  if (child === undefined || child.deleted || !isEntity(child.kind)) throw missing;
  if (child.fields[ENTITIES[child.kind].parent] !== parent.id) throw missing;
  return child;
}

/** Runs one call: token, pace, path, handler. Throws SnapError or ItemError for everything the platform would refuse. */
export async function answerCall(world: SnapWorld, call: SnapCall): Promise<Answer> {
  const token = world.tokens.accept(call.token);
  if (call.version !== VERSION) throw notFound(`/${call.version ?? call.path[0] ?? ''}`);
  if (!world.pace.admits(token.token)) {
    world.core.log.countFault('snapchat', OVER_LIMIT);
    throw new SnapError(429, 'E1001', 'Too many requests');
  }
  world.tokens.requireScope(token, call.host === PROFILE_HOST ? 'snapchat-profile-api' : 'snapchat-marketing-api');
  const { handler, node } = findRoute(world, call, token);
  return handler(world, node, call, token);
}
