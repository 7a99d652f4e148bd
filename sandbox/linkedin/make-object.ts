import type { LiCall } from './li-call.ts';
import type { LiKind, LiObject } from './store.ts';
import { urnOf } from './urn.ts';
import type { LiWorld } from './world.ts';

interface NewObject {
  kind: LiKind;
  /** Type word of its URN. */
  type: string;
  accountId: string | null;
  fields: Record<string, unknown>;
  inner?: Record<string, unknown>;
  id?: string;
  createdAt?: number;
}

/** Puts a new object into the world. Finders see it after the plan's lag, a read by id at once. */
export function makeObject(world: LiWorld, wish: NewObject, call: Pick<LiCall, 'requestId'>): LiObject {
  const id = wish.id ?? world.core.nextId('5');
  const at = wish.createdAt ?? world.core.now();
  world.core.touch();
  return world.store.add({
    urn: urnOf(wish.type, id),
    kind: wish.kind,
    id,
    accountId: wish.accountId,
    fields: wish.fields,
    inner: wish.inner ?? {},
    createdAt: at,
    updatedAt: at,
    visibleAt: world.core.now() + world.core.faults.plan.searchLagMs,
    requestId: call.requestId,
    demo: false,
  });
}

export function auditStamps(object: LiObject): Record<string, unknown> {
  return { created: { time: object.createdAt }, lastModified: { time: object.updatedAt } };
}
