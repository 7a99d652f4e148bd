import { createHash } from 'node:crypto';
import { refusal } from './ads-error.ts';
import { part } from './operation.ts';
import { runQuery } from './gaql/run.ts';
import type { Fields } from './read-message.ts';
import type { AdsWorld, Caller } from './world.ts';

interface PageToken {
  /** Of the query: a token goes with the query it came from. */
  query: string;
  from: number;
}
const digestOf = (query: string): string => createHash('sha256').update(query).digest('hex').slice(0, 16);

function readPageToken(token: unknown, query: string): number {
  if (token === undefined || token === '') return 0;
  const bad = (): never => {
    throw refusal('requestError', 'INVALID_PAGE_TOKEN', 'Page token is invalid.', { trigger: String(token) });
  };
  const [digest, from] = Buffer.from(String(token), 'base64url').toString('utf8').split('.');
  const read: PageToken = { query: digest ?? '', from: Number(from) };
  return read.query === digestOf(query) && Number.isInteger(read.from) && read.from > 0 ? read.from : bad();
}

/** POST googleAds:search, a page of at most 10,000 rows. */
export function search(world: AdsWorld, caller: Caller, body: Fields): Fields {
  const query = String(body['query'] ?? '');
  const settings = part(body['searchSettings']);
  if (body['pageSize'] !== undefined)
    throw refusal(
      'requestError',
      'PAGE_SIZE_NOT_SUPPORTED',
      'Setting the page size is not supported. Search Responses have fixed page size of 10000 rows.',
    );
  const from = readPageToken(body['pageToken'], query);
  if (body['validateOnly'] === true && from > 0)
    throw refusal('requestError', 'VALIDATE_ONLY_REQUEST_HAS_PAGE_TOKEN', 'A validate only request must not carry a page token.');
  if (from === 0) world.quota.charge(1);
  const { rows, fieldMask, summary, hasMetrics } = runQuery(world, caller.customerId, query);
  if (settings['returnSummaryRow'] === true && !hasMetrics)
    throw refusal(
      'requestError',
      'CANNOT_RETURN_SUMMARY_ROW_FOR_REQUEST_WITHOUT_METRICS',
      'Cannot return a summary row for a request without metrics.',
    );
  if (body['validateOnly'] === true) return {};
  const next = from + world.settings.pageRows;
  const page = rows.slice(from, next);
  return {
    ...(page.length === 0 || settings['omitResults'] === true ? {} : { results: page }),
    ...(next < rows.length ? { nextPageToken: Buffer.from(`${digestOf(query)}.${next}`).toString('base64url') } : {}),
    ...(settings['returnTotalResultsCount'] === true ? { totalResultsCount: String(rows.length) } : {}),
    ...(settings['returnSummaryRow'] === true ? { summaryRow: summary } : {}),
    fieldMask,
  };
}

/** POST googleAds:searchStream: every row, in parts, as one JSON array. */
export function searchStream(world: AdsWorld, caller: Caller, body: Fields): Fields[] {
  world.quota.charge(1);
  const { rows, fieldMask, summary, hasMetrics } = runQuery(world, caller.customerId, String(body['query'] ?? ''));
  const wantsSummary = body['summaryRowSetting'] === 'SUMMARY_ROW_WITH_RESULTS' || body['summaryRowSetting'] === 'SUMMARY_ROW_ONLY';
  const parts: Fields[] = [];
  for (let from = 0; from < Math.max(rows.length, 1); from += world.settings.pageRows) {
    const results = body['summaryRowSetting'] === 'SUMMARY_ROW_ONLY' ? [] : rows.slice(from, from + world.settings.pageRows);
    parts.push({ ...(results.length === 0 ? {} : { results }), fieldMask, requestId: caller.requestId });
  }
  if (wantsSummary && hasMetrics) parts.push({ summaryRow: summary, fieldMask, requestId: caller.requestId });
  return parts;
}
