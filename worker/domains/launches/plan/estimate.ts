import type { Preview } from '#shared/contracts/launches.ts';

/** Writes per second each access tier allows on the points meter, and the burst before it binds. */
const METERS = {
  limited: { label: 'Meta limited tier', burstCalls: 20, perSecond: 60 / 300 / 3 },
  full: { label: 'Meta full tier', burstCalls: 3_000, perSecond: 9_000 / 300 / 3 },
};
/** Four calls at a time, each about as long as the platform takes. */
const OUR_CALLS_PER_SECOND = 6;

/** Time for the calls that are left, p50 to p90; null while the platform has not told us the account's tier. */
export function estimateSeconds(callsLeft: number, tier: string | null, settleWindowMs: number): Preview['estimate'] {
  if (tier === null) return null;
  const meter = tier === 'development_access' ? METERS.limited : METERS.full;
  const byMeter = Math.max(0, callsLeft - meter.burstCalls) / meter.perSecond;
  const byUs = callsLeft / OUR_CALLS_PER_SECOND;
  const seconds = Math.max(byMeter, byUs);
  return {
    p50Seconds: Math.ceil(seconds),
    p90Seconds: Math.ceil(seconds * 1.3 + settleWindowMs / 1000),
    meter: byMeter > byUs ? meter.label : 'our own pace',
  };
}
