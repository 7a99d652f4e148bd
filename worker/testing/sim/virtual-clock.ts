/**
 * A clock that stands still while anything real is under way and jumps to the next timer when nothing is: hours of waiting pass in the
 * time the work itself takes, and in one order for one seed.
 */
export interface VirtualClock {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Runs something at a later time of this clock; the result cancels it. */
  timer(ms: number, run: () => void): () => void;
  /** Marks work of the real world, such as a statement in Postgres: the clock waits for it. */
  real<T>(work: Promise<T>): Promise<T>;
  /** Lets time pass until `done`, or until nothing is left that could happen. @throws when `untilMs` of this clock is reached first */
  run(done: () => boolean, untilMs: number): Promise<void>;
}

interface Timer {
  at: number;
  /** Timers of one instant run in the order they were set. */
  order: number;
  run: () => void;
}

export function createVirtualClock(startMs: number): VirtualClock {
  let now = startMs;
  let order = 0;
  let underWay = 0;
  let settled: (() => void) | null = null;
  const heap = createHeap();

  const timer = (ms: number, run: () => void): (() => void) => {
    const entry: Timer = { at: now + Math.max(0, ms), order: (order += 1), run };
    heap.push(entry);
    return () => {
      entry.run = () => undefined;
    };
  };
  /** Everything that can go on without time passing has gone on. */
  const calm = async (): Promise<void> => {
    for (let quiet = 0; quiet < 3;) {
      if (underWay > 0) {
        await new Promise<void>((resolve) => (settled = resolve));
        quiet = 0;
        continue;
      }
      await new Promise((resolve) => setImmediate(resolve));
      quiet = underWay > 0 ? 0 : quiet + 1;
    }
  };

  return {
    now: () => now,
    sleep: (ms) => new Promise((resolve) => void timer(ms, resolve)),
    timer,
    async real(work) {
      underWay += 1;
      try {
        return await work;
      } finally {
        underWay -= 1;
        if (underWay === 0) settled?.();
      }
    },
    async run(done, untilMs) {
      for (;;) {
        await calm();
        if (done()) return;
        const next = heap.pop();
        if (!next) throw new Error('Nothing is left that could happen, and it is not done.');
        if (next.at > untilMs) throw new Error(`It is not done after ${Math.round((untilMs - startMs) / 1000)} s of the simulated clock.`);
        now = Math.max(now, next.at);
        next.run();
      }
    },
  };
}

function createHeap(): { push(timer: Timer): void; pop(): Timer | undefined } {
  const heap: Timer[] = [];
  const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j] as Timer, heap[i] as Timer];
  };
  return {
    push(timer) {
      heap.push(timer);
      for (let i = heap.length - 1; i > 0;) {
        const parent = (i - 1) >> 1;
        if (!before(heap[i] as Timer, heap[parent] as Timer)) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop() {
      const [top] = heap;
      const last = heap.pop();
      if (top === undefined || last === undefined || heap.length === 0) return top;
      heap[0] = last;
      for (let i = 0; ;) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        let least = i;
        if (left < heap.length && before(heap[left] as Timer, heap[least] as Timer)) least = left;
        if (right < heap.length && before(heap[right] as Timer, heap[least] as Timer)) least = right;
        if (least === i) return top;
        swap(i, least);
        i = least;
      }
    },
  };
}
