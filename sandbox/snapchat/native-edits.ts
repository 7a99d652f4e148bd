import type { SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

/** What a person does in the platform's own manager, or its reviewers do: no API rules, no faults, only the effect. */

function must(world: SnapWorld, id: string): SnapObject {
  const object = world.store.get(id);
  if (object === undefined) throw new Error(`there is no object ${id}`);
  return object;
}

/** Changes fields as they are answered; null takes a field away. */
export function editNatively(world: SnapWorld, id: string, changes: Record<string, unknown>): void {
  const object = must(world, id);
  const fields = Object.fromEntries(Object.entries({ ...object.fields, ...changes }).filter(([, value]) => value !== null));
  world.store.change(object, { fields }, world.core.now());
  world.core.touch();
}

export function deleteNatively(world: SnapWorld, id: string): void {
  world.store.change(must(world, id), { deleted: true }, world.core.now());
  world.core.touch();
}

/** A reviewer's verdict on an ad or creative, at once. */
export function review(world: SnapWorld, id: string, verdict: 'APPROVED' | 'REJECTED', reasons: readonly string[] = []): void {
  const object = must(world, id);
  const hidden = { ...object.hidden, verdict, ...(reasons.length === 0 ? {} : { reviewReasons: reasons }) };
  world.store.change(object, { hidden }, world.core.now());
  world.core.touch();
}
