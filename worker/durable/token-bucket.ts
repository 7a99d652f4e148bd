import type { Usage } from '../platforms/ads/ad-platform.ts';

/** How fast calls may go out when the platform reports nothing worrying; from 60 % used it falls, at 90 % it stops. */
export const FULL_RATE_PER_SECOND = 40;
export const BURST = 120;
const SLOW_FROM = 60;
const STOP_AT = 90;
const DEFAULT_PAUSE_MS = 10_000;
/** A meter that is free again this soon delays the call it refused, not every lane. */
const BRIEF_SECONDS = 2;
/** Calls in a row without any answer of use before the breaker opens; then one probe at a time until one works. */
export const BREAK_AFTER = 10;
const BROKEN_PAUSE_MS = 5_000;

export interface BucketState {
  tokens: number;
  at: number;
  ratePerSecond: number;
  stoppedUntil: number;
  tier: string | null;
  failuresInRow: number;
}
/** What happened since the last question: calls that failed after the last one that worked, and whether any worked. */
export interface Outcomes {
  failed: number;
  worked: boolean;
}

export const freshBucket = (now: number): BucketState => ({
  tokens: BURST,
  at: now,
  ratePerSecond: FULL_RATE_PER_SECOND,
  stoppedUntil: 0,
  tier: null,
  failuresInRow: 0,
});

/** Takes in what the platform reported: percent used and, when it stops us, until when. */
export function learn(state: BucketState, usage: Usage, now: number): BucketState {
  const tier = usage.tier ?? state.tier;
  const isBrief = usage.regainSeconds !== null && usage.regainSeconds <= BRIEF_SECONDS;
  if (usage.percent >= STOP_AT && isBrief) return { ...refill(state, now), tier };
  if (usage.percent >= STOP_AT) {
    const pause = usage.regainSeconds === null ? DEFAULT_PAUSE_MS : usage.regainSeconds * 1000;
    return { ...refill(state, now), tier, tokens: 0, stoppedUntil: Math.max(state.stoppedUntil, now + pause) };
  }
  const share = usage.percent <= SLOW_FROM ? 1 : (STOP_AT - usage.percent) / (STOP_AT - SLOW_FROM);
  return { ...refill(state, now), tier, ratePerSecond: Math.max(0.2, FULL_RATE_PER_SECOND * share) };
}

/** Opens the breaker when nothing comes back any more, closes it with the first call that works. */
export function count(state: BucketState, { failed, worked }: Outcomes, now: number): BucketState {
  const failuresInRow = (worked ? 0 : state.failuresInRow) + failed;
  if (failuresInRow < BREAK_AFTER || failed === 0) return { ...state, failuresInRow };
  return { ...state, failuresInRow, stoppedUntil: Math.max(state.stoppedUntil, now + BROKEN_PAUSE_MS) };
}

/** Grants up to `wanted` calls; 0 granted comes with the wait after which asking again is worth it. */
export function take(state: BucketState, wanted: number, now: number): { state: BucketState; granted: number; waitMs: number } {
  if (now < state.stoppedUntil) return { state, granted: 0, waitMs: state.stoppedUntil - now };
  const filled = refill(state, now);
  const granted = Math.min(state.failuresInRow >= BREAK_AFTER ? 1 : wanted, Math.floor(filled.tokens));
  const waitMs = granted > 0 ? 0 : Math.ceil(((1 - filled.tokens) / filled.ratePerSecond) * 1000);
  return { state: { ...filled, tokens: filled.tokens - granted }, granted, waitMs };
}

function refill(state: BucketState, now: number): BucketState {
  const from = Math.max(state.at, state.stoppedUntil);
  const grown = now > from ? ((now - from) / 1000) * state.ratePerSecond : 0;
  return { ...state, tokens: Math.min(BURST, state.tokens + grown), at: now };
}
