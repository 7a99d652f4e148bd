import { readFileSync } from 'node:fs';
import { camelOf, isMessage, messageOf, type ProtoField } from '../proto-schema.ts';
import type { Query } from './parse.ts';
import { queryError } from './query-error.ts';

/** What may be selected from each resource (MIT, licence beside the data). Filterable and sortable flags are not in it. */
interface FieldMap {
  metrics: string[];
  segments: string[];
  resources: Record<string, { attributes: string[]; joinable: string[]; metrics: number[]; segments: number[] }>;
}
interface Source {
  attributes: Set<string>;
  joinable: Set<string>;
  metrics: Set<string>;
  segments: Set<string>;
}

const map = JSON.parse(readFileSync(new URL('../spec/gaql-fields-v25.json', import.meta.url), 'utf8')) as FieldMap;
export const METRICS = new Set(map.metrics);
export const SEGMENTS = new Set(map.segments);
export const SOURCES = new Map<string, Source>(
  Object.entries(map.resources).map(([name, one]) => [
    name,
    {
      attributes: new Set(one.attributes),
      joinable: new Set(one.joinable),
      metrics: new Set(one.metrics.map((index) => map.metrics[index] ?? '')),
      segments: new Set(one.segments.map((index) => map.segments[index] ?? '')),
    },
  ]),
);
/** Left out of the trimmed map and asked for by every tool; what may be joined to them is general knowledge [K]. */
const ALSO: Record<string, { message: string; joinable: readonly string[] }> = {
  language_constant: { message: 'LanguageConstant', joinable: [] },
  ad_group_label: { message: 'AdGroupLabel', joinable: ['ad_group', 'campaign', 'customer', 'label'] },
  ad_group_ad_label: { message: 'AdGroupAdLabel', joinable: ['ad_group', 'ad_group_ad', 'campaign', 'customer', 'label'] },
  customer_asset: { message: 'CustomerAsset', joinable: ['asset', 'customer'] },
  asset_group_signal: { message: 'AssetGroupSignal', joinable: ['asset_group', 'campaign', 'customer'] },
};
for (const [name, { message, joinable }] of Object.entries(ALSO))
  SOURCES.set(name, {
    attributes: new Set(messageOf(`resources.${message}`).fields.map((field) => field.snake)),
    joinable: new Set(joinable),
    metrics: new Set(),
    segments: new Set(),
  });

export interface QueryField {
  /** `campaign.network_settings.target_google_search` */
  name: string;
  /** `campaign`, `metrics`, `segments` */
  owner: string;
  /** Place in the JSON below the owner: ['networkSettings', 'targetGoogleSearch']. */
  path: string[];
  /** Type of the value in the protos; null when they do not say. */
  type: string | null;
  isRepeated: boolean;
}

const described = new Map<string, QueryField>();

export function describe(name: string): QueryField {
  const known = described.get(name);
  if (known !== undefined) return known;
  const [owner = '', ...rest] = name.split('.');
  let at: string | null = messageOf('services.GoogleAdsRow').byName.get(owner)?.t ?? null;
  let last: ProtoField | undefined;
  for (const part of rest) {
    last = at === null ? undefined : messageOf(at).byName.get(part);
    at = last !== undefined && isMessage(last.t) ? last.t : null;
  }
  const field = { name, owner, path: rest.map(camelOf), type: last?.t ?? null, isRepeated: last?.r === 1 };
  described.set(name, field);
  return field;
}

export const isDate = (field: QueryField): boolean =>
  ['segments.date', 'segments.week', 'segments.month', 'segments.quarter'].includes(field.name);
/** May be filtered by without being selected [D]. */
const CORE_DATES = new Set(['date', 'week', 'month', 'quarter', 'year']);

function sourceOf(from: string): Source {
  const source = SOURCES.get(from);
  if (source !== undefined) return source;
  const reason = messageOf('services.GoogleAdsRow').byName.has(from)
    ? 'PROHIBITED_RESOURCE_TYPE_IN_FROM_CLAUSE'
    : 'BAD_RESOURCE_TYPE_IN_FROM_CLAUSE';
  throw queryError(reason, `'${from}' is not a valid resource name.`, from);
}

/** The field, if the query's FROM allows it, or the refusal that names what is wrong with it. */
function allow(source: Source, from: string, name: string, clause: 'SELECT' | 'WHERE' | 'ORDER_BY'): QueryField {
  const [owner = '', ...rest] = name.split('.');
  const word = rest.join('.');
  const unknown = (): never => {
    throw queryError('UNRECOGNIZED_FIELD', `unrecognized field '${name}'.`, name);
  };
  if (owner === 'metrics' || owner === 'segments') {
    const isMetric = owner === 'metrics';
    if (!(isMetric ? METRICS : SEGMENTS).has(word)) unknown();
    if (!(isMetric ? source.metrics : source.segments).has(word))
      throw queryError(
        isMetric ? 'PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE' : 'PROHIBITED_SEGMENT_IN_SELECT_OR_WHERE_CLAUSE',
        `cannot select or filter on '${name}' with resource '${from}'.`,
        name,
      );
    return describe(name);
  }
  if (owner !== from && !source.joinable.has(owner)) {
    if (!SOURCES.has(owner)) unknown();
    throw queryError(
      clause === 'WHERE' ? 'PROHIBITED_RESOURCE_TYPE_IN_WHERE_CLAUSE' : 'PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE',
      `resource '${owner}' cannot be used with '${from}'.`,
      name,
    );
  }
  if (word === '') throw queryError('PROHIBITED_FIELD_IN_SELECT_CLAUSE', `'${name}' is a resource, not a field.`, name);
  const known = owner === from ? source.attributes : SOURCES.get(owner)?.attributes;
  // A joinable resource that the map does not list by itself is judged by its message.
  if (known === undefined ? describe(name).type === null : !known.has(word)) unknown();
  return describe(name);
}

export interface CheckedQuery {
  select: QueryField[];
  where: { field: QueryField; condition: Query['where'][number] }[];
  orderBy: { field: QueryField; descending: boolean }[];
  hasMetrics: boolean;
  segments: QueryField[];
}

/** Every field of a query, allowed by the published map. */
export function checkFields(query: Query): CheckedQuery {
  const source = sourceOf(query.from);
  const select = query.select.map((name) => allow(source, query.from, name, 'SELECT'));
  const where = query.where.map((condition) => ({ condition, field: allow(source, query.from, condition.field, 'WHERE') }));
  const orderBy = query.orderBy.map(({ field, descending }) => ({ field: allow(source, query.from, field, 'ORDER_BY'), descending }));
  const selected = new Set(select.map((field) => field.name));
  for (const { field } of [...where, ...orderBy]) {
    const isFree =
      field.owner === 'segments'
        ? CORE_DATES.has(field.path[0] ?? '') && !orderBy.some((one) => one.field === field)
        : field.owner !== 'metrics' || where.some((one) => one.field === field);
    if ((field.owner === 'segments' || field.owner === 'metrics') && !isFree && !selected.has(field.name))
      throw queryError('EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE', `'${field.name}' must be present in SELECT clause.`, field.name);
  }
  const all = [...select, ...where.map((one) => one.field)];
  return {
    select,
    where,
    orderBy,
    hasMetrics: all.some((field) => field.owner === 'metrics'),
    segments: select.filter((field) => field.owner === 'segments'),
  };
}
