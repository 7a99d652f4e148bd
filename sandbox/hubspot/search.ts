import { invalid } from './errors.ts';
import { showObject, valueOf } from './show-object.ts';
import type { CrmObject, HubspotStore, ObjectType, Portal } from './store.ts';

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
  values?: string[];
  highValue?: string;
}
export interface SearchBody {
  filterGroups?: { filters: Filter[] }[];
  query?: string;
  limit?: number;
  after?: string;
  properties?: string[];
  sorts?: (string | { propertyName: string; direction?: string })[];
}

const CAP = 10_000;

/** POST …/search: filter groups are OR, filters inside are AND; new objects are found only after the index has caught up. */
export function searchObjects(store: HubspotStore, portal: Portal, type: ObjectType, body: SearchBody): Record<string, unknown> {
  const groups = body.filterGroups ?? [];
  const limit = body.limit ?? 10;
  const after = Number(body.after ?? 0);
  if (groups.length > 5) throw invalid('filterGroups: at most 5 groups are allowed');
  if (limit > 200 || limit < 1) throw invalid('limit must be between 1 and 200');
  if (after + limit > CAP) throw invalid('Search results are limited to 10000');
  const lag = store.core.faults.covers('hubspot') ? store.core.faults.plan.searchLagMs : 0;
  const seen = portal.objects.filter((one) => one.type === type && !one.archived && one.createdAt <= store.core.now() - lag);
  const text = body.query?.toLowerCase();
  const hits = seen.filter(
    (one) =>
      (groups.length === 0 || groups.some(({ filters }) => filters.every((filter) => matches(one, filter)))) &&
      (text === undefined ||
        ['email', 'firstname', 'lastname', 'phone', 'dealname', 'name'].some(
          (name) => valueOf(one, name)?.toLowerCase().includes(text) === true,
        )),
  );
  sortBy(hits, body.sorts?.[0]);
  const page = hits.slice(after, after + limit);
  const next = after + page.length < Math.min(hits.length, CAP) ? { paging: { next: { after: String(after + page.length) } } } : {};
  return { total: Math.min(hits.length, CAP), results: page.map((one) => showObject(one, body.properties)), ...next };
}

function sortBy(hits: CrmObject[], sort: NonNullable<SearchBody['sorts']>[number] | undefined): void {
  const name = typeof sort === 'string' ? sort : (sort?.propertyName ?? 'hs_object_id');
  const sign = typeof sort === 'object' && sort.direction === 'DESCENDING' ? -1 : 1;
  hits.sort((a, b) => sign * compare(valueOf(a, name) ?? '', valueOf(b, name) ?? ''));
}

/** Times are compared as times: filters give them in milliseconds, values hold ISO text. */
function compare(left: string, right: string): number {
  const number = (text: string): number => (/^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number(text));
  const [a, b] = [number(left), number(right)];
  if (!Number.isNaN(a) && !Number.isNaN(b) && left !== '' && right !== '') return a - b;
  return left < right ? -1 : left > right ? 1 : 0;
}

function matches(object: CrmObject, { propertyName, operator, value = '', values = [], highValue = '' }: Filter): boolean {
  const own = valueOf(object, propertyName);
  const lower = own?.toLowerCase() ?? '';
  switch (operator) {
    case 'HAS_PROPERTY':
      return own !== null;
    case 'NOT_HAS_PROPERTY':
      return own === null;
    case 'EQ':
      return own !== null && (lower === value.toLowerCase() || compare(own, value) === 0);
    case 'NEQ':
      return lower !== value.toLowerCase();
    case 'IN':
      return own !== null && values.some((one) => one.toLowerCase() === lower);
    case 'NOT_IN':
      return !values.some((one) => one.toLowerCase() === lower);
    case 'GT':
      return own !== null && compare(own, value) > 0;
    case 'GTE':
      return own !== null && compare(own, value) >= 0;
    case 'LT':
      return own !== null && compare(own, value) < 0;
    case 'LTE':
      return own !== null && compare(own, value) <= 0;
    case 'BETWEEN':
      return own !== null && compare(own, value) >= 0 && compare(own, highValue) <= 0;
    case 'CONTAINS_TOKEN':
      return new RegExp(
        `(^|[^a-z0-9])${value
          .toLowerCase()
          .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
          .replaceAll('*', '.*')}($|[^a-z0-9])`,
      ).test(lower);
    default:
      throw invalid(`Unknown operator ${operator}`);
  }
}
