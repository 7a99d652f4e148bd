import { moment, text, texts } from './params.ts';
import { findTask, requireResult, startTask, taskState } from './tasks.ts';
import { missingField, refuse } from './tiktok-error.ts';
import type { Handler } from './world.ts';

/** POST changelog/task/create/ [T]: who changed what between two moments. */
export const startChangeLog: Handler = (world, call, { advertiserId }) => {
  const since = moment(call.params, 'start_time');
  const until = moment(call.params, 'end_time');
  if (since === null) throw missingField('start_time');
  if (until === null) throw missingField('end_time');
  refuse(since > until, 'start_time: Must not be after end_time.');
  const single = text(call.params, 'object_id');
  const asked = { since, until, objectIds: texts(call.params, 'object_ids') ?? (single === null ? null : [single]) };
  return { task_id: startTask(world, call, advertiserId, 'changelog', asked).id };
};

const STATES = { QUEUING: 'PROCESSING', PROCESSING: 'PROCESSING', SUCCESS: 'SUCCESS', FAILED: 'FAILED', CANCELED: 'FAILED' } as const;

/** GET changelog/task/check/ */
export const checkChangeLog: Handler = (world, { params }, { advertiserId }) => ({
  status: STATES[taskState(world, findTask(world, advertiserId, params, 'changelog'))],
});

/** GET changelog/task/download/ */
export const downloadChangeLog: Handler = (world, { params }, { advertiserId }) => {
  const task = findTask(world, advertiserId, params, 'changelog');
  requireResult(world, task);
  const { since, until, objectIds } = task.fields['asked'] as { since: number; until: number; objectIds: string[] | null };
  return {
    status: 'SUCCESS',
    changelog: { file_name: `changelog_${task.id}`, file_data: world.changes.show(advertiserId, since, until + 999, objectIds) },
  };
};
