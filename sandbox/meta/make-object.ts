import type { GraphCall } from './graph-call.ts';
import { invalidParameter } from './graph-error.ts';
import { list, type Params } from './params.ts';
import type { GraphObject, NodeKind } from './store.ts';
import type { MetaWorld } from './world.ts';

/** Puts a new object into the world. Search sees it after the plan's lag, a read by id at once. */
export function makeObject(
  world: MetaWorld,
  kind: NodeKind,
  accountId: string | null,
  fields: Record<string, unknown>,
  call: Pick<GraphCall, 'requestId'>,
  extra: { id?: string; labelIds?: string[]; createdAt?: number } = {},
): GraphObject {
  const at = extra.createdAt ?? world.core.now();
  world.core.touch();
  return world.store.add({
    id: extra.id ?? world.core.nextId('238'),
    kind,
    accountId,
    fields,
    labelIds: extra.labelIds ?? [],
    createdAt: at,
    updatedAt: at,
    visibleAt: world.core.now() + world.core.faults.plan.searchLagMs,
    requestId: call.requestId,
    demo: false,
  });
}

/** `adlabels=[{name}|{id}]`: labels are found by name inside the account, or made on the way. */
export function readLabels(world: MetaWorld, accountId: string, params: Params): { ids: string[]; newNames: string[] } {
  const ids: string[] = [];
  const newNames: string[] = [];
  for (const wanted of list(params, 'adlabels') ?? []) {
    const { id, name } = wanted as { id?: unknown; name?: unknown };
    if (typeof id === 'string') {
      const label = world.store.get(id);
      if (label?.kind !== 'label' || label.accountId !== accountId) throw invalidParameter(`There is no ad label ${id}.`, 1487902);
      ids.push(id);
    } else if (typeof name === 'string' && name !== '') {
      const known = world.store.all('label').find((label) => label.accountId === accountId && label.fields['name'] === name);
      if (known === undefined) newNames.push(name);
      else ids.push(known.id);
    } else {
      throw invalidParameter('Each ad label needs an id or a name.');
    }
  }
  return { ids, newNames };
}

export function applyLabels(world: MetaWorld, accountId: string, labels: { ids: string[]; newNames: string[] }, call: GraphCall): string[] {
  const made = labels.newNames.map((name) => makeObject(world, 'label', accountId, { name }, call).id);
  return [...labels.ids, ...made];
}

/** True when the caller only wants to know whether the create would be accepted. */
export function isValidateOnly(params: Params): boolean {
  return (list(params, 'execution_options') ?? []).includes('validate_only');
}

export function accountIdOf(node: GraphObject): string {
  if (node.accountId === null) throw new Error(`${node.kind} ${node.id} belongs to no ad account`);
  return node.accountId;
}
