import { readAgain } from '../../http/read-again.ts';
import { callAds, unreadable, type AdsSession } from './client.ts';

/** A row: the fields asked for, below the resource they belong to. */
export type Row = Record<string, Record<string, unknown> | undefined>;
interface Page {
  results?: Row[];
  nextPageToken?: string;
  fieldMask?: unknown;
}

/** A value between quotes. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, (sign) => `\\${sign}`)}'`;
export const listed = (values: readonly string[]): string => `(${values.map(quoted).join(', ')})`;
/** Numbers need no quotes, and nothing else may stand there. @throws RangeError for what is no id */
export function ids(values: readonly string[]): string {
  for (const value of values) if (!/^\d+$/.test(value)) throw new RangeError(`"${value}" is no id`);
  return `(${values.join(', ')})`;
}

/** One page of a query, asked for once. */
export async function queryPage(
  session: AdsSession,
  customer: string,
  query: string,
  after: string | null,
): Promise<{ rows: Row[]; after: string | null }> {
  const page = await callAds<Page>(session, 'POST', `customers/${customer}/googleAds:search`, {
    query,
    ...(after === null ? {} : { pageToken: after }),
  });
  // An empty answer has no results; what every answer has is the mask of its fields.
  if (typeof page.fieldMask !== 'string' && !Array.isArray(page.results)) throw unreadable('A search without an answer.', page);
  return { rows: page.results ?? [], after: page.nextPageToken ?? null };
}

/** Every row, each page asked for once: for callers that pace and repeat their calls themselves. */
export async function queryRows(session: AdsSession, customer: string, query: string): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | null = null;
  do {
    const page = await queryPage(session, customer, query, after);
    rows.push(...page.rows);
    ({ after } = page);
  } while (after !== null);
  return rows;
}

/** Page by page, each read again while its failure is passing. */
export async function* readPages(session: AdsSession, customer: string, query: string): AsyncGenerator<Row[]> {
  let after: string | null = null;
  do {
    const from: string | null = after;
    const page: { rows: Row[]; after: string | null } = await readAgain(() => queryPage(session, customer, query, from));
    yield page.rows;
    ({ after } = page);
  } while (after !== null);
}

/** Every row of a report in one answer, which comes as a list of parts. */
export async function* readStream(session: AdsSession, customer: string, query: string): AsyncGenerator<Row[]> {
  const parts = await readAgain(async () => {
    const answer = await callAds<unknown>(session, 'POST', `customers/${customer}/googleAds:searchStream`, { query });
    if (!Array.isArray(answer)) throw unreadable('A report that is no list.');
    return answer as Page[];
  });
  for (const part of parts) yield part.results ?? [];
}
