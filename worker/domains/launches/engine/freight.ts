import type { Freight } from '../../../platforms/ads/ad-platform.ts';
import type { ObjectRow } from './build-request.ts';

/** How many creates one call carries: learnt from the answers, because a platform that works through a call one by one is faster asked side by side. */
export interface FreightPace {
  /** Rows of one kind in the order of the plan, cut into calls; not all of them while there is more to learn from the first. */
  load(items: readonly ObjectRow[], freight: Freight, lanes: number, mostAtOnce?: number): ObjectRow[][];
  /** These share no call from now on: together they were refused, and nobody said which of them is wrong. */
  sendAlone(items: readonly Pick<ObjectRow, 'id'>[]): void;
  /** A call that carried so many took this long. */
  learn(carried: number, ms: number): void;
}

/** The first shared calls are not the fullest: how long the platform takes for one is not known yet. */
const FIRST = 20;
/** A call that takes longer than this eats too much of its window and its time limit. */
const LONGEST_MS = 8_000;
/** A shared call has to save at least this share of the time its rows would take alone. */
const WORTH = 0.7;
/** Weight of the newest answer. */
const FRESH = 0.3;

export function createFreightPace(): FreightPace {
  let aloneMs: number | null = null;
  let sharedMsEach: number | null = null;
  let largest = 0;
  const alone = new Set<string>();
  const most = (freight: Freight): number => {
    if (sharedMsEach === null) return Math.min(FIRST, freight.most);
    if (aloneMs !== null && sharedMsEach > aloneMs * WORTH) return 1;
    // Twice what was seen to work, and no longer than a call may take.
    return Math.max(1, Math.min(freight.most, largest * 2, Math.floor(LONGEST_MS / Math.max(sharedMsEach, 1))));
  };
  return {
    load(items, freight, lanes, mostAtOnce = freight.most) {
      const size = Math.min(most(freight), mostAtOnce);
      const isLearning = size > 1 && size < freight.most;
      const calls: ObjectRow[][] = [];
      const open: ObjectRow[][] = [];
      for (const item of items) {
        if (alone.has(item.id) || freight.mayShare?.(item.spec) === false) {
          calls.push([item]);
          continue;
        }
        const fits = open.find((call) => mayJoin(call, item, freight.together));
        if (!fits) {
          const call = [item];
          calls.push(call);
          if (size > 1) open.push(call);
          continue;
        }
        fits.push(item);
        if (fits.length >= size) open.splice(open.indexOf(fits), 1);
      }
      return isLearning ? calls.slice(0, lanes) : calls;
    },
    sendAlone(items) {
      for (const { id } of items) alone.add(id);
    },
    learn(carried, ms) {
      if (carried === 1) aloneMs = mix(aloneMs, ms);
      else {
        sharedMsEach = mix(sharedMsEach, ms / carried);
        largest = Math.max(largest, carried);
      }
    },
  };
}

const mix = (known: number | null, now: number): number => (known === null ? now : known * (1 - FRESH) + now * FRESH);

function mayJoin(call: readonly ObjectRow[], item: ObjectRow, together: Freight['together']): boolean {
  if (together === 'any') return true;
  const isParent = (other: ObjectRow) => other.parentItemId === item.parentItemId;
  return together === 'one-parent' ? call.every(isParent) : !call.some(isParent);
}
