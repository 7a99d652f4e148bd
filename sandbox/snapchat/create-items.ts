import { itemsOf, runItems } from './array-call.ts';
import { settleChildType } from './check-ad.ts';
import { ENTITIES, type EntityKind } from './entities.ts';
import { noteUnknownFields } from './known-fields.ts';
import { makeObject } from './make-object.ts';
import { renderObject } from './render-object.ts';
import { ItemError } from './snap-error.ts';
import type { SnapObject } from './store.ts';
import type { Handler, SnapWorld } from './world.ts';

/** The ad account that a parent lies in. */
export function accountOf(world: SnapWorld, parent: SnapObject): SnapObject {
  const account = parent.kind === 'adaccount' ? parent : world.store.find('adaccount', parent.accountId);
  if (account === undefined) throw new Error(`${parent.kind} ${parent.id} lies in no ad account`);
  return account;
}

/** POST to the parent: one new object per item. There is no idempotency: the same array twice makes everything twice (guide). */
export function createItems(kind: EntityKind): Handler {
  const entity = ENTITIES[kind];
  return (world, parent, call) => {
    const account = accountOf(world, parent);
    return runItems(world, call, entity, itemsOf(call, entity), (item) => {
      noteUnknownFields(world, kind, item);
      // Unverified [K]: what an account that is not active still takes.
      if (account.fields['status'] !== 'ACTIVE') throw new ItemError('E3002', 'The ad account is not active', account.id);
      if (parent.deleted) throw new ItemError('E3003', 'The parent was deleted', parent.id);
      const made = makeObject(world, kind, account.id, entity.check(world, parent, item), call.requestId);
      if (kind === 'ad') settleChildType(world, made);
      return renderObject(world, made);
    });
  };
}
