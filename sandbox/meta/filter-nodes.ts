import { GraphError, invalidParameter } from './graph-error.ts';
import { list, whole, type Params } from './params.ts';
import { effectiveStatus } from './render-node.ts';
import type { GraphObject } from './store.ts';
import type { MetaWorld } from './world.ts';

interface Filter {
  field: string;
  operator: string;
  value: unknown;
}

function fieldOf(world: MetaWorld, node: GraphObject, field: string): unknown {
  const own = field.replace(new RegExp(`^${node.kind}\\.`), '');
  switch (own) {
    case 'id':
      return node.id;
    case 'campaign.id':
      return node.fields['campaign_id'];
    case 'adset.id':
      return node.fields['adset_id'];
    case 'effective_status':
    case 'delivery_status':
      return effectiveStatus(world, node);
    case 'created_time':
    case 'time_created': // the word leads are filtered by
      return Math.floor(node.createdAt / 1000);
    case 'updated_time':
      return Math.floor(node.updatedAt / 1000);
    case 'name':
    case 'title':
    case 'status':
    case 'objective':
      return node.fields[own];
    default:
      throw invalidParameter(`Filtering by ${field} is not possible here.`, 1487534);
  }
}

const asNumber = (value: unknown): number => (/^\d{4}-/.test(String(value)) ? Date.parse(String(value)) / 1000 : Number(value));

function matches(value: unknown, { operator, value: wanted }: Filter): boolean {
  const words = (): string[] => (Array.isArray(wanted) ? wanted : [wanted]).map(String);
  switch (operator) {
    case 'EQUAL':
      return String(value) === String(wanted);
    case 'NOT_EQUAL':
      return String(value) !== String(wanted);
    case 'CONTAIN':
      return String(value ?? '')
        .toLowerCase()
        .includes(String(wanted).toLowerCase());
    case 'NOT_CONTAIN':
      return !String(value ?? '')
        .toLowerCase()
        .includes(String(wanted).toLowerCase());
    case 'STARTS_WITH':
      return String(value ?? '').startsWith(String(wanted));
    case 'IN':
      return words().includes(String(value));
    case 'NOT_IN':
      return !words().includes(String(value));
    case 'GREATER_THAN':
      return asNumber(value) > asNumber(wanted);
    case 'LESS_THAN':
      return asNumber(value) < asNumber(wanted);
    default:
      throw new GraphError({ message: `(#100) Filtering operator ${operator} is not supported`, code: 100 });
  }
}

/** `filtering`, `effective_status` and `updated_since`. Deleted and archived objects only show when asked for by status. */
export function filterNodes(world: MetaWorld, nodes: readonly GraphObject[], params: Params): GraphObject[] {
  const filters = (list(params, 'filtering') ?? []) as Filter[];
  const statuses = list(params, 'effective_status')?.map(String) ?? null;
  const since = whole(params, 'updated_since');
  const asksForStatus =
    statuses !== null || filters.some((filter) => filter.field.endsWith('effective_status') || filter.field.endsWith('status'));
  return nodes.filter((node) => {
    const status = node.fields['status'];
    if (!asksForStatus && (status === 'DELETED' || status === 'ARCHIVED')) return false;
    if (statuses !== null && !statuses.includes(effectiveStatus(world, node))) return false;
    if (since !== null && node.updatedAt / 1000 <= since) return false;
    return filters.every((filter) => matches(fieldOf(world, node, filter.field), filter));
  });
}
