import { PlatformError } from '../../../platforms/platform-error.ts';
import { isObject, type ObjectRow } from './build-request.ts';
import { dueItems, loadParents, promoteItems } from './find-work.ts';
import type { ItemRow, Run } from './run-state.ts';
import { splitKnown } from './known-files.ts';
import { reuseFiles, sendMedia, sendObjects } from './send-items.ts';
import { settleMedia, settleObjects } from './settle-items.ts';
import { verifyObjects } from './verify-items.ts';
import { isListable, verifyFile, verifyImages } from './verify-media.ts';

/** Outgoing calls at a time: six connections may be open, and what else wants one waits for milliseconds. */
export const LANES = 5;
/** Answers that come this close to one another are one occasion to look for more. */
const TOGETHER_MS = 15;
/** Rows looked at in one go: a full call for every lane. */
const LOOK_AHEAD = 200;
/** Rows that are read back or looked for together. */
export const TOGETHER = 50;
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
    // Calls that went out together end together: one look for all of them.
    if (active.size > 0 && queue.length === 0) await Promise.race([Promise.all(active), ctx.ports.sleep(TOGETHER_MS)]);
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
  const of = (state: ItemRow['state']) => due.filter((item) => item.state === state);
  const [unclear, created] = [of('SENDING'), of('CREATED')];
  const ready = run.launch.state === 'running' ? of('READY') : [];
  const { known, fresh } = await splitKnown(
    run,
    ready.filter((item) => !isObject(item)),
  );
  const madeFiles = created.filter((item) => !isObject(item));
  return [
    ...objectsByKind(unclear).flatMap((rows) => task(chunks(rows), (part) => settleObjects(run, part, left()))),
    ...task(singly(unclear), ([item]) => settleMedia(run, item, left())),
    ...task(chunks(created.filter(isObject)), (part) => verifyObjects(run, part)),
    ...task(chunks(madeFiles.filter((item) => isListable(run, item))), (part) => verifyImages(run, part)),
    ...task(singly(madeFiles.filter((item) => !isListable(run, item))), ([item]) => verifyFile(run, item)),
    ...chunks(known).map((part) => ({ items: part.map(({ item }) => item), run: () => reuseFiles(run, part, left()) })),
    ...objectsByKind(ready).flatMap((rows) =>
      task(run.freight.load(rows, run.platform.objects.freight[rows[0].kind], LANES, run.permits.mostAtOnce()), (part) =>
        sendObjects(run, part, left()),
      ),
    ),
    ...task(singly(fresh), ([item]) => sendMedia(run, item, left())),
  ];
}

const task = <T extends ItemRow[]>(parts: T[], work: (part: T) => Promise<void>): Task[] =>
  parts.map((part) => ({ items: part, run: () => work(part) }));

/** Files, each on its own. */
const singly = (items: ItemRow[]): [ItemRow][] => items.filter((item) => !isObject(item)).map((item) => [item]);

/** Objects by kind, in the order they come. */
function objectsByKind(items: ItemRow[]): [ObjectRow, ...ObjectRow[]][] {
  const kinds = new Map<ObjectRow['kind'], [ObjectRow, ...ObjectRow[]]>();
  for (const item of items) {
    if (!isObject(item)) continue;
    const known = kinds.get(item.kind);
    if (known) known.push(item);
    else kinds.set(item.kind, [item]);
  }
  return [...kinds.values()];
}

function chunks<T>(items: T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / TOGETHER) }, (_, i) => items.slice(i * TOGETHER, (i + 1) * TOGETHER));
}
