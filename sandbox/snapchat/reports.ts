import { listed } from './envelope.ts';
import { leadRows } from './leads.ts';
import { makeObject } from './make-object.ts';
import { readStats, statRows, timezoneOf } from './stats.ts';
import { readStatsQuery } from './stats-query.ts';
import { bodyOf, type SnapCall } from './snap-call.ts';
import { badRequest, notFound } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { Answer, Handler, SnapWorld } from './world.ts';

/**
 * Reports that take longer: asked for with async=true, read again at stats_report, fetched as CSV from a link (names and path [T]).
 * Unverified: the report about leads and its answer [T]; the link's host [K].
 */
const KEPT_MS = 7 * 86_400_000;
export const REPORT_HOST = 'reports.snapchat.example';

type Status = 'COMPLETED' | 'FAILED' | 'RUNNING' | 'STARTED';

function statusOf(world: SnapWorld, report: SnapObject): Status {
  const share = (world.core.now() - report.createdAt) / Math.max(1, world.settings.reportMs);
  if (share < 0.3) return 'STARTED';
  return share < 1 ? 'RUNNING' : (report.hidden['end'] as Status);
}

function shownReport(world: SnapWorld, report: SnapObject, call: SnapCall): Answer {
  const status = statusOf(world, report);
  const shown = {
    report_run_id: report.id,
    async_status: status,
    ...(status === 'COMPLETED' ? { result: `https://${REPORT_HOST}/${report.id}.csv` } : {}),
  };
  return listed(world, call, 'async_stats_reports', 'async_stats_report', [shown]);
}

function start(world: SnapWorld, node: SnapObject, call: SnapCall, rows: readonly Json[]): Answer {
  const format = call.query.get('async_format') ?? 'csv';
  if (format !== 'csv') throw badRequest('async_format must be csv');
  const end: Status = world.settings.nextReportEnds.shift() ?? 'COMPLETED';
  const accountId = node.kind === 'adaccount' ? node.id : node.accountId;
  const report = makeObject(world, 'report', accountId, {}, call.requestId, { hidden: { about: node.id, end, rows } });
  return shownReport(world, report, call);
}

/** GET {entity}/{id}/stats: now, or with async=true later. What is asked for is checked at once. */
export const stats: Handler = (world, node, call) => {
  if (call.query.get('async') !== 'true') return readStats(world, node, call);
  const query = readStatsQuery(call, node, timezoneOf(world, node));
  return start(world, node, call, statRows(world, node, query));
};

/** POST adaccounts/{id}/leads_report: leads of a time, which no list gives. */
export const startLeadsReport: Handler = (world, account, call) => {
  const asked: Json = { ...Object.fromEntries(call.query), ...(call.body === null ? {} : bodyOf(call)) };
  const moment = (name: string): number => {
    const at = Date.parse(String(asked[name]));
    if (Number.isNaN(at)) throw badRequest(`${name} must be a time`);
    return at;
  };
  return start(world, account, call, leadRows(world, account.id, moment('start_time'), moment('end_time')));
};

/** GET {entity}/{id}/stats_report and leads_report: how far a report is. */
export const readReport: Handler = (world, node, call) => {
  const report = world.store.find('report', call.query.get('report_run_id'));
  if (report === undefined || report.hidden['about'] !== node.id || world.core.now() > report.createdAt + KEPT_MS)
    throw notFound(call.query.get('report_run_id') ?? 'report_run_id');
  return shownReport(world, report, call);
};

const cell = (value: unknown): string => {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The file behind a finished report's link; no token is asked for, the address is the secret. */
export function downloadReport(world: SnapWorld, url: URL): Response {
  const report = world.store.find('report', url.pathname.slice(1).replace(/\.csv$/, ''));
  if (report === undefined || statusOf(world, report) !== 'COMPLETED' || world.core.now() > report.createdAt + KEPT_MS)
    return new Response('Not found', { status: 404 });
  const rows = report.hidden['rows'] as Json[];
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(cell).join(','));
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/csv; charset=utf-8' } });
}
