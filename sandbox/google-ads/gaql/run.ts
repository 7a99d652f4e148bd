import { refusal } from '../ads-error.ts';
import { addDays, daysBetween, localTime } from '../local-time.ts';
import { part } from '../operation.ts';
import type { DayFigures } from '../figure-book.ts';
import type { Fields } from '../read-message.ts';
import type { AdsWorld } from '../world.ts';
import { checkChangeQuery } from './change-query.ts';
import { testOf, type Test } from './conditions.ts';
import { checkFields, type CheckedQuery, type QueryField } from './fields.ts';
import { addFigures, metricOf, NO_FIGURES } from './metrics.ts';
import { parseQuery, type Query } from './parse.ts';
import { queryError } from './query-error.ts';
import { cutDay, dayValue, isOfADay } from './segments.ts';
import { leavesOf, subjectsOf, type Subject } from './subjects.ts';

export interface QueryResult {
  rows: Fields[];
  fieldMask: string;
  summary: Fields;
  hasMetrics: boolean;
}

/** Fields that follow from others and are not kept: see show-resource. */
const WORKED_OUT = new Set([
  'primaryStatus',
  'primaryStatusReasons',
  'servingStatus',
  'policySummary',
  'adStrength',
  'labels',
  'referenceCount',
]);

/** Days in which the demo ads delivered, up to today. */
const DEMO_DAYS = 30;

interface Row {
  subject: Subject;
  segments: Record<string, unknown>;
  figures: DayFigures;
}
interface Filter {
  field: QueryField;
  passes: Test;
}

const dig = (fields: Fields | undefined, path: string[]): unknown => path.reduce<unknown>((at, name) => part(at)[name], fields);

function valueIn(row: Row, field: QueryField): unknown {
  if (field.owner === 'metrics') return metricOf(field.name.slice('metrics.'.length), row.figures);
  if (field.owner === 'segments') return row.segments[field.name.slice('segments.'.length)];
  return dig(row.subject.fieldsOf(field.owner), field.path);
}

/** Asked for by id or name: the read that sees a new object at once. */
function isPinned(query: Query): boolean {
  const own = new Set([`${query.from}.id`, `${query.from}.resource_name`, `${query.from}.ad.id`]);
  return query.where.some((one) => own.has(one.field) && (one.operator === '=' || one.operator === 'IN'));
}

/** Splits one subject by the segments asked for, days filtered first. Without a segment there is one row, with figures or none. */
function rowsOf(world: AdsWorld, subject: Subject, checked: CheckedQuery, days: Filter[], demoDays: string[]): Row[] {
  const segments = checked.segments.map((field) => field.name.slice('segments.'.length));
  const rows = new Map<string, Row>();
  if (segments.length === 0) rows.set('[]', { subject, segments: {}, figures: NO_FIGURES });
  for (const leaf of leavesOf(world, subject.resource)) {
    const group = world.store.get(String(leaf.fields['adGroup']))?.fields ?? leaf.fields;
    const channel = String(world.store.get(String(group['campaign']))?.fields['advertisingChannelType']);
    for (const [day, figures] of world.book.days(leaf.name, demoDays)) {
      if (!days.every(({ field, passes }) => passes(dayValue(field.name.slice('segments.'.length), day)))) continue;
      for (const cut of cutDay(segments, figures, channel)) {
        const values = Object.fromEntries(segments.map((name) => [name, isOfADay(name) ? dayValue(name, day) : cut.values[name]]));
        const key = JSON.stringify(segments.map((name) => values[name]));
        const row = rows.get(key) ?? { subject, segments: values, figures: NO_FIGURES };
        rows.set(key, { ...row, figures: addFigures(row.figures, cut.figures) });
      }
    }
  }
  // Rows without anything drop out as soon as a segment is asked for.
  return [...rows.values()].filter((row) => segments.length === 0 || row.figures.impressions > 0 || row.figures.costMicros > 0);
}

function place(target: Fields, owner: string, path: string[], value: unknown): void {
  let at = (target[owner] ??= {}) as Fields;
  for (const name of path.slice(0, -1)) at = (at[name] ??= {}) as Fields;
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
}

const camelOwner = (owner: string): string => owner.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A row in JSON: names of all resources in it, and what was selected. */
function show(row: Row, query: Query, checked: CheckedQuery): Fields {
  const shown: Fields = {};
  const omitsNames = query.parameters['omit_unselected_resource_names'] === 'true';
  const owners = new Set([query.from, ...checked.select.map((field) => field.owner)]);
  for (const owner of owners) {
    if (owner === 'metrics' || owner === 'segments' || omitsNames) continue;
    const fields = row.subject.fieldsOf(owner);
    if (fields !== undefined) shown[camelOwner(owner)] = { resourceName: fields['resourceName'] };
  }
  for (const field of checked.select) {
    const value = valueIn(row, field);
    if (value !== undefined) place(shown, camelOwner(field.owner), field.path, value);
  }
  return shown;
}

function sortRows(rows: Row[], checked: CheckedQuery): void {
  if (checked.orderBy.length === 0) return;
  const isNumber = (field: QueryField): boolean => ['int64', 'int32', 'double', 'float'].includes(field.type ?? '');
  rows.sort((a, b) => {
    for (const { field, descending } of checked.orderBy) {
      const [left, right] = [valueIn(a, field), valueIn(b, field)];
      const order = isNumber(field)
        ? Number(left ?? 0) - Number(right ?? 0)
        : String(left ?? '') < String(right ?? '')
          ? -1
          : String(left ?? '') > String(right ?? '')
            ? 1
            : 0;
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
}

/** Answers one query for one customer, or refuses it as the platform does. */
export function runQuery(world: AdsWorld, customerId: string, text: string): QueryResult {
  if (text.trim() === '') throw refusal('queryError', 'QUERY_ERROR', 'Error in query: the query is empty.');
  const query = parseQuery(text);
  const checked = checkFields(query);
  const customer = world.store.get(`customers/${customerId}`)?.fields ?? {};
  if (checked.hasMetrics && customer['manager'] === true && query.from !== 'customer_client')
    throw queryError('REQUESTED_METRICS_FOR_MANAGER', 'metrics cannot be requested for a manager account.');
  const today = localTime(String(customer['timeZone']), world.core.now()).slice(0, 10);
  if (query.from === 'change_event') checkChangeQuery(query, today);

  const filters = checked.where.map(({ field, condition }): Filter => ({ field, passes: testOf(field, condition, today) }));
  const isDay = ({ field }: Filter): boolean =>
    field.owner === 'segments' && isOfADay(field.path[0] === 'dayOfWeek' ? 'day_of_week' : field.name.slice('segments.'.length));
  const days = filters.filter(isDay);
  const ofSubject = filters.filter(({ field }) => field.owner !== 'metrics' && field.owner !== 'segments');
  const ofRow = filters.filter((filter) => !isDay(filter) && !ofSubject.includes(filter));
  const demoDays = daysBetween(addDays(today, 1 - DEMO_DAYS), today);
  const needsFigures = checked.hasMetrics || checked.segments.length > 0 || days.length > 0;

  let rows = subjectsOf(world, query.from, customerId, isPinned(query))
    .filter((subject) =>
      ofSubject.every(({ field, passes }) =>
        passes(dig(WORKED_OUT.has(field.path[0] ?? '') ? subject.fieldsOf(field.owner) : subject.keptOf(field.owner), field.path)),
      ),
    )
    .flatMap((subject) =>
      needsFigures ? rowsOf(world, subject, checked, days, demoDays) : [{ subject, segments: {}, figures: NO_FIGURES }],
    )
    .filter((row) => ofRow.every(({ field, passes }) => passes(valueIn(row, field))));
  sortRows(rows, checked);
  if (query.limit !== null) rows = rows.slice(0, query.limit);
  const total = rows.reduce((sum, row) => addFigures(sum, row.figures), NO_FIGURES);
  const metrics = Object.fromEntries(
    checked.select
      .filter((field) => field.owner === 'metrics')
      .map((field) => [field.path[0] ?? '', metricOf(field.name.slice('metrics.'.length), total)]),
  );
  return {
    rows: rows.map((row) => show(row, query, checked)),
    fieldMask: checked.select.map((field) => [camelOwner(field.owner), ...field.path].join('.')).join(','),
    summary: { metrics },
    hasMetrics: checked.hasMetrics,
  };
}
