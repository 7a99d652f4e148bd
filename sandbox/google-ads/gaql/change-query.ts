import { refusal } from '../ads-error.ts';
import { addDays } from '../local-time.ts';
import { namedRange } from './conditions.ts';
import type { Query } from './parse.ts';

const KEPT_DAYS = 30;
const MOST_ROWS = 10_000;

const changeError = (reason: string, message: string) => refusal('changeEventError', reason, message);

/** The change log wants a closed range of at most 30 days back, and a limit [S names, D rule]. */
export function checkChangeQuery(query: Query, today: string): void {
  if (query.limit === null) throw changeError('LIMIT_NOT_SPECIFIED', 'The LIMIT clause is required to query change_event.');
  if (query.limit > MOST_ROWS) throw changeError('INVALID_LIMIT_CLAUSE', 'The LIMIT clause is above the maximum of 10000.');
  let [from, to]: [string | null, string | null] = [null, null];
  for (const { field, operator, values } of query.where) {
    if (field !== 'change_event.change_date_time') continue;
    const [first = '', second = ''] = values;
    if (operator === 'BETWEEN') [from, to] = [first, second];
    if (operator === 'DURING') [from, to] = namedRange(first.toUpperCase(), today) ?? [null, null];
    if (operator === '>' || operator === '>=' || operator === '=') from = first;
    if (operator === '<' || operator === '<=' || operator === '=') to = first;
  }
  if (from === null || to === null)
    throw changeError(
      'CHANGE_DATE_RANGE_INFINITE',
      'The change event search request must specify a finite range filter on change_date_time.',
    );
  if (from > to) throw changeError('CHANGE_DATE_RANGE_NEGATIVE', 'The start of the range is after its end.');
  if (from.slice(0, 10) < addDays(today, -KEPT_DAYS))
    throw changeError('START_DATE_TOO_OLD', 'The requested start date is too old. It cannot be older than 30 days.');
}
