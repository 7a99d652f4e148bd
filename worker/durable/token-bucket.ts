import type { Pace, Usage } from '../platforms/ads/ad-platform.ts';

/** From this share of the platform's meter on calls slow down, at the second they stop; percent. */
const SLOW_FROM = 60;
const STOP_AT = 90;
const DEFAULT_PAUSE_MS = 10_000;
/** A meter that is free again this soon delays the call it refused, not every lane. */
const BRIEF_SECONDS = 2;
/** Calls in a row without any answer of use before the breaker opens; then one probe at a time until one works. */
export const BREAK_AFTER = 10;
const BROKEN_PAUSE_MS = 5_000;
/** Where the platform has no meter the pace is found: a step up after so many answers, half of it after a refusal. */
const ANSWERS_PER_STEP = 50;
/** Who has not asked for this long waits for nothing. */
const ASKING_MS = 3_000;

/** What a call is for. Launches leave 30 % of a burst to the others, looking after them 10 %: a throttled account can still be checked. */
export type Purpose = 'launch' | 'check' | 'person';
const KEPT: Readonly<Record<Purpose, number>> = { launch: 0.3, check: 0.1, person: 0 };
export const LAUNCH_SHARE = 1 - KEPT.launch;

export interface BucketState {
  tokens: number;
  at: number;
  /** Of the full rate, what the platform's signals leave: 0 to 1. */
  share: number;
  /** Found by trying, where the platform has no meter; calls a second. */
  found: number | null;
  answers: number;
  stoppedUntil: number;
  tier: string | null;
  failuresInRow: number;
  /** Who asked lately, and when: what there is goes round among them. */
  asking: Record<string, number>;
}
/** What happened since the last question: calls that failed after the last one that worked, and how many worked. */
export interface Outcomes {
  failed: number;
  worked: number;
}
/** Cost of the wanted calls in the platform's own unit, for whom, and what for. */
export interface Wanted {
  cost: number;
  asker: string;
  purpose: Purpose;
}

export const freshBucket = (now: number, pace: Pace): BucketState => ({
  tokens: pace.unknown.burst,
  at: now,
  share: 1,
  found: pace.finds?.start ?? null,
  answers: 0,
  stoppedUntil: 0,
  tier: null,
  failuresInRow: 0,
  asking: {},
});

const limitsOf = (state: BucketState, pace: Pace): { perSecond: number; burst: number } => {
  const limits = (state.tier === null ? undefined : pace.tiers?.[state.tier]) ?? pace.unknown;
  return state.found === null ? limits : { perSecond: state.found, burst: Math.max(1, Math.ceil(state.found)) };
};

/** Takes in what the platform reported: percent used and, when it stops us, until when. */
export function learn(state: BucketState, usage: Usage, now: number, pace: Pace): BucketState {
  const isNews = usage.tier !== null && usage.tier !== state.tier;
  const filled = refill(state, now, pace);
  const known = isNews ? { ...filled, tier: usage.tier, tokens: pace.tiers?.[usage.tier ?? '']?.burst ?? filled.tokens } : filled;
  const isBrief = usage.regainSeconds !== null && usage.regainSeconds <= BRIEF_SECONDS;
  if (usage.percent < STOP_AT)
    return { ...known, share: usage.percent <= SLOW_FROM ? 1 : (STOP_AT - usage.percent) / (STOP_AT - SLOW_FROM) };
  if (pace.finds && known.found !== null) {
    // Calls that were under way when the pace was halved are refused, too: that is no news.
    if (now < known.stoppedUntil) return known;
    const found = Math.max(pace.finds.least, known.found / 2);
    return {
      ...known,
      found,
      answers: 0,
      tokens: Math.min(known.tokens, 0),
      stoppedUntil: Math.max(known.stoppedUntil, now + pauseOf(usage, 1_000)),
    };
  }
  if (isBrief) return known;
  return { ...known, tokens: 0, stoppedUntil: Math.max(known.stoppedUntil, now + pauseOf(usage, DEFAULT_PAUSE_MS)) };
}

const pauseOf = ({ regainSeconds }: Usage, otherwise: number): number => (regainSeconds === null ? otherwise : regainSeconds * 1000);

/** Opens the breaker when nothing comes back any more, closes it with the first call that works; finds the pace where it has to be found. */
export function count(state: BucketState, { failed, worked }: Outcomes, now: number, pace: Pace): BucketState {
  const failuresInRow = (worked > 0 ? 0 : state.failuresInRow) + failed;
  const answers = state.answers + worked;
  const steps = pace.finds ? Math.floor(answers / ANSWERS_PER_STEP) : 0;
  const found = pace.finds && state.found !== null ? Math.min(pace.finds.most, state.found + steps) : state.found;
  const counted = { ...state, failuresInRow, found, answers: answers - steps * ANSWERS_PER_STEP };
  if (failuresInRow < BREAK_AFTER || failed === 0) return counted;
  return { ...counted, stoppedUntil: Math.max(state.stoppedUntil, now + BROKEN_PAUSE_MS) };
}

/**
 * Grants up to what is wanted, and the caller keeps what is not enough for its call yet; nothing granted comes with the wait after which asking
 * again is worth it. Who shares the bucket takes turns: nobody is given more at once than an even part of what there is.
 */
export function take(state: BucketState, wanted: Wanted, now: number, pace: Pace): { state: BucketState; granted: number; waitMs: number } {
  const asking = { ...Object.fromEntries(Object.entries(state.asking).filter(([, at]) => now - at < ASKING_MS)), [wanted.asker]: now };
  if (now < state.stoppedUntil) return { state: { ...state, asking }, granted: 0, waitMs: state.stoppedUntil - now };
  const filled = { ...refill(state, now, pace), asking };
  const { burst, perSecond } = limitsOf(filled, pace);
  const rate = Math.max(0.01, perSecond * filled.share);
  const isProbing = state.failuresInRow >= BREAK_AFTER;
  const free = filled.tokens - (burst > 20 ? burst * KEPT[wanted.purpose] : 0);
  const part = Math.max(1, free / Object.keys(asking).length);
  const granted = isProbing ? Math.min(1, Math.floor(filled.tokens)) : Math.floor(Math.min(wanted.cost, part));
  if (granted >= 1 && filled.tokens >= granted && free >= 1)
    return { state: { ...filled, tokens: filled.tokens - granted }, granted, waitMs: 0 };
  return { state: filled, granted: 0, waitMs: Math.max(5, Math.ceil(((1 - Math.min(free, filled.tokens)) / rate) * 1000)) };
}

function refill(state: BucketState, now: number, pace: Pace): BucketState {
  const { perSecond, burst } = limitsOf(state, pace);
  const from = Math.max(state.at, state.stoppedUntil);
  const grown = now > from ? ((now - from) / 1000) * perSecond * state.share : 0;
  return { ...state, tokens: Math.min(burst, state.tokens + grown), at: now };
}
