import { PlatformError } from '../../../platforms/platform-error.ts';
import { isObject } from './build-request.ts';
import { dueItems, loadParents, promoteItems } from './find-work.ts';
import type { ItemRow, Run } from './run-state.ts';
import { sendItem } from './send-item.ts';
import { settleItem } from './settle-item.ts';
import { verifyMedia, verifyObjects } from './verify-items.ts';

/** Outgoing calls at a time: six connections may be open, two are Postgres's. */
const LANES = 4;
const LOOK_AHEAD = 60;
/** A run makes a few hundred requests at most; the platform below us counts them. */
export const MAX_TASKS = 200;

interface Task {
  items: ItemRow[];
  run(): Promise<void>;
}

/** Does everything that is due, four calls at a time, until nothing is or time is up. Waits for its own calls, starts none late. Returns how many pieces of work it began. */
export async function workThrough(run: Run, until: number, most: number): Promise<number> {
  const { ctx } = run;
  const busy = new Set<string>();
  const active = new Set<Promise<void>>();
  let failure: unknown = null;
  let started = 0;
  let queue: Task[] = [];
  const goesOn = () => failure === null && !run.blocked && started < most && ctx.now().getTime() < until;

  const start = (task: Task) => {
    started += 1;
    for (const item of task.items) busy.add(item.id);
    const work = task
      .run()
      .catch((error: unknown) => {
        if (!(error instanceof PlatformError)) failure ??= error;
        else if (error.failure === 'auth') run.blocked = error;
      })
      .finally(() => {
        active.delete(work);
        for (const item of task.items) busy.delete(item.id);
      });
    active.add(work);
  };

  while (goesOn()) {
    if (queue.length === 0) {
      // Work that ends while we look may have set children free: only a look that began with nothing under way proves there is no more.
      const wasIdle = active.size === 0;
      queue = await findTasks(run, busy, until);
      if (queue.length === 0 && wasIdle) break;
    }
    while (queue.length > 0 && active.size < LANES && goesOn()) start(queue.shift() as Task);
    if (active.size > 0) await Promise.race(active);
    run.nudge();
  }
  await Promise.all(active);
  if (failure !== null) throw failure;
  return started;
}

async function findTasks(run: Run, busy: ReadonlySet<string>, until: number): Promise<Task[]> {
  await promoteItems(run);
  const due = await dueItems(run, busy, LOOK_AHEAD);
  await loadParents(run, due);
  const left = () => Math.max(0, until - run.ctx.now().getTime());
  const created = due.filter((item) => item.state === 'CREATED');
  const objects = created.filter(isObject);
  const isCancelling = run.launch.state === 'cancelling';
  return [
    ...due.filter((item) => item.state === 'SENDING').map((item): Task => ({ items: [item], run: () => settleItem(run, item, left()) })),
    ...(objects.length > 0 ? [{ items: objects, run: () => verifyObjects(run, objects.slice(0, 50)) }] : []),
    ...created.filter((item) => !isObject(item)).map((item): Task => ({ items: [item], run: () => verifyMedia(run, item) })),
    ...(isCancelling
      ? []
      : due.filter((item) => item.state === 'READY').map((item): Task => ({ items: [item], run: () => sendItem(run, item, left()) }))),
  ];
}
