import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Shop } from '../store.ts';

export const BUCKET = 2000;
export const RESTORE_PER_SECOND = 100;

/** Points before the call: an object 1, a connection 2 plus its page size times what one node costs, a mutation 10. */
export function requestedCost(
  selection: SelectionSetNode,
  fragments: Record<string, FragmentDefinitionNode>,
  variables: Record<string, unknown>,
  isMutation: boolean,
): number {
  const costOf = (set: SelectionSetNode): number =>
    set.selections.reduce((sum, node) => {
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments[node.name.value];
        return sum + (fragment ? costOf(fragment.selectionSet) : 0);
      }
      if (node.kind === Kind.INLINE_FRAGMENT) return sum + costOf(node.selectionSet);
      if (!node.selectionSet) return sum;
      const size = pageSize(node, variables);
      const inner = costOf(node.selectionSet);
      if (size !== null) return sum + 2 + Math.ceil(size * Math.max(1, inner) * 0.1);
      return sum + (node.name.value === 'nodes' || node.name.value === 'edges' || node.name.value === 'pageInfo' ? inner : 1 + inner);
    }, 0);
  return costOf(selection) + (isMutation ? 10 : 0);
}

function pageSize(node: FieldNode, variables: Record<string, unknown>): number | null {
  const argument = node.arguments?.find(({ name }) => name.value === 'first' || name.value === 'last');
  if (!argument) return null;
  if (argument.value.kind === Kind.INT) return Number(argument.value.value);
  return argument.value.kind === Kind.VARIABLE ? Number(variables[argument.value.name.value] ?? 0) : null;
}

/** Refills the shop's bucket to now and takes the points out of it; false = not enough, nothing taken. */
export function takePoints(shop: Shop, points: number, now: number): boolean {
  shop.costAvailable = Math.min(BUCKET, shop.costAvailable + ((now - shop.costAt) / 1000) * RESTORE_PER_SECOND);
  shop.costAt = now;
  if (points > shop.costAvailable) return false;
  shop.costAvailable -= points;
  return true;
}

export const costExtension = (shop: Shop, requested: number, actual: number | null): object => ({
  cost: {
    requestedQueryCost: requested,
    actualQueryCost: actual,
    throttleStatus: { maximumAvailable: BUCKET, currentlyAvailable: Math.floor(shop.costAvailable), restoreRate: RESTORE_PER_SECOND },
  },
});
