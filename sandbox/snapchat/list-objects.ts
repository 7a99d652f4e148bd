import { ENTITIES, type EntityKind } from './entities.ts';
import { itemized, listed, type ItemResult } from './envelope.ts';
import { takePage } from './paging.ts';
import { renderObject } from './render-object.ts';
import { bodyOf } from './snap-call.ts';
import { badRequest, notFound, unknownItem } from './snap-error.ts';
import type { SnapObject } from './store.ts';
import type { Handler, SnapWorld } from './world.ts';

type Select = (world: SnapWorld, node: SnapObject) => readonly SnapObject[];

/** A list under an object, in the order that the settings say. */
export function listing(plural: string, singular: string, select: Select): Handler {
  return (world, node, call) => {
    const now = world.core.now();
    const withDeleted = call.query.get('read_deleted_entities') === 'true';
    const shown = select(world, node).filter((one) => one.visibleAt <= now && (withDeleted || !one.deleted));
    const ordered = world.settings.listOrder === 'newest first' ? shown.toReversed() : shown;
    const { items, paging } = takePage(call, ordered, (one) => one.id);
    const rendered = items.map((one) => renderObject(world, one));
    return listed(world, call, plural, singular, rendered, paging);
  };
}

/** Everything of a kind in the ad account. */
export function inAccount(kind: EntityKind): Handler {
  const { plural, singular } = ENTITIES[kind];
  return listing(plural, singular, (world, account) => world.store.all(kind).filter((one) => one.accountId === account.id));
}

/** Everything of a kind right below a campaign or ad squad. */
export function below(kind: 'ad' | 'adsquad'): Handler {
  const { plural, singular } = ENTITIES[kind];
  return listing(plural, singular, (world, node) => world.store.below(node.id));
}

/** A campaign's ads, through its squads [T]. */
export const adsOfCampaign: Handler = listing('ads', 'ad', (world, campaign) => {
  const inSquads = world.store.below(campaign.id).flatMap((squad) => world.store.below(squad.id));
  return inSquads.toSorted((a, b) => a.createdAt - b.createdAt);
});

/** One object by id: there at once, whatever lists say; deleted ones only when asked for. */
export function readOne(plural: string, singular: string): Handler {
  return (world, node, call) => {
    if (node.deleted && call.query.get('read_deleted_entities') !== 'true') throw notFound(node.id);
    return listed(world, call, plural, singular, [renderObject(world, node)]);
  };
}

/** Unverified [T]: most ids of one call. */
const MOST_IDS = 2000;

/** POST get_X_by_ids of the ad account: the cheap way to read back many objects. Takes ids as text or as {id} [T]. */
export function readMany(kind: EntityKind): Handler {
  const { plural, singular } = ENTITIES[kind];
  return (world, account, call) => {
    const body = bodyOf(call);
    const wished = body[`${singular}_ids`] ?? body['entity_ids'];
    if (!Array.isArray(wished) || wished.length === 0) throw badRequest(`The body must hold a non-empty array ${singular}_ids`);
    if (wished.length > MOST_IDS) throw badRequest(`At most ${MOST_IDS} ids can be sent in one request`);
    const results = wished.map((wish): ItemResult => {
      const id: unknown = typeof wish === 'object' && wish !== null ? (wish as { id?: unknown }).id : wish;
      const found = world.store.find(kind, id);
      if (found === undefined || found.deleted || found.accountId !== account.id) return { error: unknownItem(kind, id) };
      return { item: renderObject(world, found) };
    });
    return itemized(world, call, plural, singular, results, 404);
  };
}
