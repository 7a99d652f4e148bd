import { makeObject } from './make-object.ts';
import { requiredText, type Params } from './params.ts';
import type { TiktokObject } from './store.ts';
import { CODES, refuse, TiktokError } from './tiktok-error.ts';
import type { TiktokCall } from './call.ts';
import type { TiktokWorld } from './world.ts';

export type TaskKind = 'changelog' | 'leads' | 'report';
type TaskState = 'CANCELED' | 'FAILED' | 'PROCESSING' | 'QUEUING' | 'SUCCESS';

/** Something that is asked for now and ready later: reports, exports of leads, change logs. */
export function startTask(world: TiktokWorld, call: TiktokCall, advertiserId: string, kind: TaskKind, asked: Params): TiktokObject {
  const end = world.settings.nextTaskEnds.shift() ?? 'SUCCESS';
  return makeObject(world, 'report', advertiserId, { task: kind, asked, end }, call);
}

export function findTask(world: TiktokWorld, advertiserId: string, params: Params, kind: TaskKind): TiktokObject {
  const task = world.store.find('report', requiredText(params, 'task_id'));
  if (task === undefined || task.advertiserId !== advertiserId || task.fields['task'] !== kind) {
    throw new TiktokError(CODES.noSuchThing, 'task_id: The task does not exist.');
  }
  return task;
}

export function taskState(world: TiktokWorld, task: TiktokObject): TaskState {
  if (task.fields['canceled'] === true) return 'CANCELED';
  const elapsed = world.core.now() - task.createdAt;
  if (elapsed >= world.settings.taskMs) return task.fields['end'] as 'FAILED' | 'SUCCESS';
  return elapsed < world.settings.taskMs * 0.3 ? 'QUEUING' : 'PROCESSING';
}

/** A result is only there after success: 40201 before it, 40200 after a failure. */
export function requireResult(world: TiktokWorld, task: TiktokObject): void {
  const state = taskState(world, task);
  refuse(state === 'FAILED' || state === 'CANCELED', 'The task has failed.', 40200);
  refuse(state !== 'SUCCESS', 'The task is not finished yet.', CODES.taskNotReady);
}

/** RFC 4180, as the platform's files are. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}
