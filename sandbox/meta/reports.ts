import { dayIn } from '../core/days.ts';
import { wishedFields } from './field-tree.ts';
import type { GraphCall } from './graph-call.ts';
import { GraphError } from './graph-error.ts';
import { checkReport, readInsights } from './insights.ts';
import { readEdge } from './list-edges.ts';
import { accountIdOf, makeObject } from './make-object.ts';
import { DEFAULT_FIELDS } from './node-fields.ts';
import { renderNode } from './render-node.ts';
import { readRanges } from './report-days.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

type End = 'Job Completed' | 'Job Failed' | 'Job Skipped';

/** POST …/insights: the report is checked at once and run later. */
export const startReport: Handler = (world, node, call) => {
  checkReport(node, call.params);
  const accountId = accountIdOf(node);
  const account = world.store.get(`act_${accountId}`);
  const [range] = readRanges(call.params, dayIn(String(account?.fields['timezone_name'] ?? 'UTC'), world.core.now()));
  const end: End = world.settings.nextReportEnds.shift() ?? 'Job Completed';
  const { fields: wanted, ...rest } = call.params;
  const report = makeObject(
    world,
    'report',
    accountId,
    {
      subjectId: node.id,
      asked: { ...rest, ...(wanted === undefined ? {} : { fields: wanted }) },
      end,
      date_start: range?.since,
      date_stop: range?.until,
    },
    call,
  );
  return { report_run_id: report.id };
};

function progress(world: MetaWorld, report: GraphObject): Record<string, unknown> {
  const share = (world.core.now() - report.createdAt) / Math.max(1, world.settings.reportMs);
  if (share < 0.2) return { async_status: 'Job Not Started', async_percent_completion: 0, is_running: false };
  if (share < 0.4) return { async_status: 'Job Started', async_percent_completion: 0, is_running: true };
  if (share < 1) return { async_status: 'Job Running', async_percent_completion: Math.floor(share * 100), is_running: true };
  const end = report.fields['end'] as End;
  const failed = { error_code: 1, error_subcode: 1504018, error_message: 'The report could not be made.' };
  return {
    async_status: end,
    async_percent_completion: end === 'Job Completed' ? 100 : 0,
    is_running: false,
    time_completed: Math.floor((report.createdAt + world.settings.reportMs) / 1000),
    ...(end === 'Job Failed' ? failed : {}),
  };
}

export const readReport: Handler = (world, report, call) => {
  Object.assign(report.fields, progress(world, report), { time_ref: Math.floor(report.createdAt / 1000) });
  return renderNode(world, report, wishedFields(call.params['fields'], DEFAULT_FIELDS.report), readEdge);
};

/** Paging comes from this call, everything else from the call that started the report. */
export const readReportRows: Handler = (world, report, call) => {
  if (progress(world, report)['async_status'] !== 'Job Completed') {
    throw new GraphError({ message: '(#2601) The report is not ready.', code: 2601, subcode: 1815107 });
  }
  const subject = world.store.get(String(report.fields['subjectId']));
  if (subject === undefined) throw new Error(`report ${report.id} has lost its subject`);
  const { limit: _limit, after: _after, ...asked } = report.fields['asked'] as Record<string, unknown>;
  const paging = Object.fromEntries(Object.entries(call.params).filter(([name]) => name === 'limit' || name === 'after'));
  const inner: GraphCall = { ...call, params: { ...asked, ...paging } };
  return readInsights(world, subject, inner);
};
