import { oneOf, text } from './params.ts';
import { reportRows } from './reports.ts';
import type { TiktokObject } from './store.ts';
import { findTask, requireResult, startTask, taskState, toCsv } from './tasks.ts';
import { refuse } from './tiktok-error.ts';
import { FileAnswer, type Handler, type TiktokWorld } from './world.ts';

/** Where finished files lie; the address is given out by report/task/download/ [T]. */
export const DOWNLOAD_HOST = 'ads-report.tiktokcdn.example';

const FORMATS = ['CSV_DOWNLOAD', 'CSV_STRING', 'XLSX_DOWNLOAD'] as const;

/** POST report/task/create/: what could not be run is refused now, the rows are counted when they are fetched. */
export const startReport: Handler = (world, call, { advertiserId }) => {
  reportRows(world, advertiserId, call.params);
  refuse(oneOf(call.params, 'output_format', FORMATS) === 'XLSX_DOWNLOAD', 'output_format: The sandbox writes CSV only.');
  return { task_id: startTask(world, call, advertiserId, 'report', call.params).id };
};

/** GET report/task/check/ */
export const checkReportTask: Handler = (world, { params }, { advertiserId }) => {
  const state = taskState(world, findTask(world, advertiserId, params, 'report'));
  return { status: state, message: state === 'FAILED' ? 'The report could not be made.' : '' };
};

/** POST report/task/cancel/: only while it runs. */
export const cancelReport: Handler = (world, { params }, { advertiserId }) => {
  const task = findTask(world, advertiserId, params, 'report');
  const state = taskState(world, task);
  refuse(state !== 'QUEUING' && state !== 'PROCESSING', 'The task has already ended.', 40200);
  world.store.change(task, { canceled: true }, world.core.now());
  return { status: 'CANCELED' };
};

/** The rows of a finished report as a file: dimensions first, then metrics. */
export function reportFile(world: TiktokWorld, task: TiktokObject): string {
  const { list } = reportRows(world, String(task.advertiserId), task.fields['asked'] as Record<string, unknown>);
  const [first] = list;
  const head = first === undefined ? [] : [...Object.keys(first.dimensions), ...Object.keys(first.metrics)];
  return toCsv([head, ...list.map((row) => [...Object.values(row.dimensions), ...Object.values(row.metrics)])]);
}

/** GET report/task/download/: an address, or the text itself for CSV_STRING [K]. */
export const downloadReport: Handler = (world, { params }, { advertiserId }) => {
  const task = findTask(world, advertiserId, params, 'report');
  requireResult(world, task);
  const asked = task.fields['asked'] as Record<string, unknown>;
  const name = `${text(asked, 'file_name') ?? `report_${task.id}`}.csv`;
  if (asked['output_format'] === 'CSV_STRING') return new FileAnswer(reportFile(world, task), name);
  return { download_url: `https://${DOWNLOAD_HOST}/${task.id}.csv`, file_name: name, output_format: 'CSV_DOWNLOAD' };
};
