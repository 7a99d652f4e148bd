import { seededNumber } from '../core/seeded.ts';
import type { Entity } from './entities.ts';
import { itemized, type ItemResult } from './envelope.ts';
import { requestKey } from './request-key.ts';
import { arrayOf, type SnapCall } from './snap-call.ts';
import { badRequest, ItemError } from './snap-error.ts';
import type { Json } from './store.ts';
import { withoutTokens } from './words.ts';
import type { Answer, SnapWorld } from './world.ts';

/** The items of a POST or PUT. A body that is no such array, or too long a one, refuses the whole call and nothing is applied. */
export function itemsOf(call: SnapCall, entity: Entity): Json[] {
  const items = arrayOf(call, entity.plural);
  if (items.length > entity.most) throw badRequest(`At most ${entity.most} ${entity.plural} can be sent in one request`);
  return items;
}

/** Runs each item by itself: one that is refused leaves the others alone (guide, traps). */
export function runItems(world: SnapWorld, call: SnapCall, entity: Entity, items: readonly Json[], run: (item: Json) => Json): Answer {
  const results = items.map((item): ItemResult => {
    try {
      refuseByFault(world, entity, item);
      return { item: run(item) };
    } catch (error) {
      if (error instanceof ItemError) return { error };
      throw error;
    }
  });
  return itemized(world, call, entity.plural, entity.singular, results, refusedStatus(world, call));
}

function refusedStatus(world: SnapWorld, call: SnapCall): number {
  const { allRefusedStatus } = world.settings;
  if (allRefusedStatus !== 'either') return allRefusedStatus;
  return seededNumber(world.core.seed, `refused ${requestKey(world, call)}`) < 0.5 ? 200 : 400;
}

/** Items that the platform drops by itself, or refuses although they would pass next time; nothing of them is applied. */
function refuseByFault(world: SnapWorld, entity: Entity, item: Json): void {
  const { faults, log } = world.core;
  if (!faults.covers('snapchat')) return;
  const { batchNull = 0, flaky = 0 } = faults.plan;
  const about = `${entity.kind} ${itemWords(item)}`;
  if (batchNull > 0 && faults.roll(`snapchat item dropped ${about}`) < batchNull) {
    log.countFault('snapchat', 'item-dropped');
    throw new ItemError('E4001', 'Internal error', entity.singular);
  }
  if (flaky > 0 && faults.roll(`snapchat flaky ${about}`) < flaky) {
    log.countFault('snapchat', 'flaky');
    throw new ItemError('E2002', 'The request is not valid', entity.singular);
  }
}

function itemWords(item: Json): string {
  return withoutTokens(String(item['name'] ?? item['id'] ?? ''));
}
