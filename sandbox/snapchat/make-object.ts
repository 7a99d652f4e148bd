import { nextUuid } from './ids.ts';
import type { Json, SnapKind, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** Puts a new object into the world. Lists see it after the plan's lag, a read by id at once. */
export function makeObject(
  world: SnapWorld,
  kind: SnapKind,
  accountId: string | null,
  fields: Json,
  requestId: string,
  extra: { hidden?: Json; createdAt?: number } = {},
): SnapObject {
  const { core } = world;
  const at = extra.createdAt ?? core.now();
  core.touch();
  return world.store.add({
    id: nextUuid(core),
    kind,
    accountId,
    fields,
    hidden: extra.hidden ?? {},
    createdAt: at,
    updatedAt: at,
    visibleAt: core.now() + (core.faults.covers('snapchat') ? core.faults.plan.searchLagMs : 0),
    requestId,
    demo: false,
    deleted: false,
  });
}
