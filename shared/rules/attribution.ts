import { allocate } from './allocate.ts';
import { instantMs } from './day-of.ts';

/** `last` is last non-direct. Every model is a query over the same touches; changing it rewrites nothing. */
export const ATTRIBUTION_MODELS = ['last', 'first', 'linear', 'position', 'time-decay'] as const;
export type AttributionModel = (typeof ATTRIBUTION_MODELS)[number];

export const DEFAULT_HALF_LIFE_DAYS = 7;
const DAY_MS = 86_400_000;
const MILLION = 1_000_000;

/** paid = an ad; unpaid = a known unpaid source (mail, organic, referral); direct = no source, credited only when nothing else is eligible. */
export type TouchKind = 'paid' | 'unpaid' | 'direct';

export interface Touch {
  id: string;
  /** UTC ISO instant. */
  at: string;
  kind: TouchKind;
  /** A view, not a click or a submission. Views are off unless asked for. */
  view: boolean;
  consent: boolean;
  /** Our own people and test traffic. */
  internal: boolean;
}

export interface AttributionInput {
  /** Net of the order now, in minor units (see order-net.ts). */
  netMinor: bigint;
  /** UTC ISO instant of the order. */
  orderAt: string;
  touches: readonly Touch[];
  model: AttributionModel;
  /** Days before the order in which a touch may earn; null = lifetime. */
  windowDays: number | null;
  /** Half-life for time-decay, days. */
  halfLifeDays?: number;
  includeViews?: boolean;
}

export interface Credit {
  touchId: string;
  kind: TouchKind;
  creditMinor: bigint;
}

export interface Attribution {
  /** In time order. Includes credits of 0, so that a later change of net has a row to post its delta against. */
  credits: Credit[];
  paidMinor: bigint;
  /** Known unpaid sources, direct included. */
  unpaidMinor: bigint;
  unmatchedMinor: bigint;
  /** Why the order is unmatched, or null when it is matched. */
  unmatchedReason: 'no-touch-known' | 'outside-window' | null;
}

/**
 * Splits the net of one order over its eligible touches; paid + unpaid + unmatched = net, exactly, for every model.
 * The result does not depend on the order of `touches`. Source: revenue guide §6.
 * @throws RangeError on a repeated touch id or an instant that cannot be read
 */
export function attribute(input: AttributionInput): Attribution {
  const eligible = eligibleTouches(input);
  if (eligible.length === 0) {
    const reason = eligibleTouches({ ...input, windowDays: null }).length > 0 ? 'outside-window' : 'no-touch-known';
    return { credits: [], paidMinor: 0n, unpaidMinor: 0n, unmatchedMinor: input.netMinor, unmatchedReason: reason };
  }
  const times = eligible.map((touch) => instantMs(touch.at));
  const weights = modelWeights(input.model, times, input.halfLifeDays);
  const shares = eligible.map((touch, i) => ({ id: touch.id, at: times[i] as number, weight: BigInt(weights[i] as number) }));
  const parts = allocate(input.netMinor, shares);
  const credits = eligible.map((touch, i) => ({ touchId: touch.id, kind: touch.kind, creditMinor: parts[i] as bigint }));
  const paidMinor = sumOf(credits.filter((credit) => credit.kind === 'paid'));
  return { credits, paidMinor, unpaidMinor: sumOf(credits) - paidMinor, unmatchedMinor: 0n, unmatchedReason: null };
}

/** Touches that may earn from this order, in time order (tie: smaller id). Direct ones only when there is nothing else. */
export function eligibleTouches(input: Pick<AttributionInput, 'orderAt' | 'touches' | 'windowDays' | 'includeViews'>): Touch[] {
  const orderMs = instantMs(input.orderAt);
  const windowMs = input.windowDays === null ? Infinity : input.windowDays * DAY_MS;
  const open = input.touches.filter((touch) => {
    const age = orderMs - instantMs(touch.at);
    return age >= 0 && age <= windowMs && touch.consent && !touch.internal && (input.includeViews === true || !touch.view);
  });
  const known = open.filter((touch) => touch.kind !== 'direct');
  return (known.length > 0 ? known : open).toSorted((a, b) => instantMs(a.at) - instantMs(b.at) || (a.id < b.id ? -1 : 1));
}

/**
 * Relative integer weights of n touches in time order, in millionths of the heaviest unit of the model. Only their ratios
 * matter: they are chosen so that thirds and fifths stay exact instead of being rounded to a sum of one million.
 * @param timesMs touch instants, ascending, milliseconds
 * @throws RangeError without touches or with a half-life that is not positive
 */
export function modelWeights(model: AttributionModel, timesMs: readonly number[], halfLifeDays = DEFAULT_HALF_LIFE_DAYS): number[] {
  const n = timesMs.length;
  if (n === 0) throw new RangeError('a model needs at least one touch');
  const only = (winner: number) => timesMs.map((_, i) => (i === winner ? MILLION : 0));
  switch (model) {
    case 'first':
      return only(0);
    case 'last':
      return only(n - 1);
    case 'linear':
      return timesMs.map(() => MILLION);
    case 'position':
      if (n <= 2) return timesMs.map(() => MILLION);
      // 0.4, 0.2 shared by the middle, 0.4: multiplied through by (n − 2).
      return timesMs.map((_, i) => (i === 0 || i === n - 1 ? 400_000 * (n - 2) : 200_000));
    case 'time-decay': {
      if (!(halfLifeDays > 0)) throw new RangeError('the half-life must be positive');
      // Measured from the newest touch, not from the order: same ratios, and the newest never rounds to nothing.
      const newest = timesMs[n - 1] as number;
      return timesMs.map((at) => Math.round(MILLION * 2 ** (-(newest - at) / (halfLifeDays * DAY_MS))));
    }
  }
}

function sumOf(credits: readonly Credit[]): bigint {
  return credits.reduce((sum, credit) => sum + credit.creditMinor, 0n);
}
