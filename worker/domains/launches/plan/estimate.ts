import type { Preview } from '#shared/contracts/launches.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import type { AdPlatform, ObjectKind, Pace } from '../../../platforms/ads/ad-platform.ts';
import { LANES, TOGETHER } from '../engine/work-through.ts';

/** Objects and files that are still to be made. */
export type Left = Readonly<Record<ObjectKind | 'media', number>>;

/** A shared call of many creates takes about this long, where nothing else is known. */
const ANSWER_SECONDS = 1.5;
const OBJECTS = ['campaign', 'ad_set', 'creative', 'ad'] as const;
const TIERS: Readonly<Record<string, string>> = { development_access: 'limited tier', standard_access: 'full tier' };

/**
 * The longest of what each meter allows for the calls that are left and what our own lanes need, p50 to p90; the upper end also holds one
 * settle window. Null while a platform that has tiers has not told us the account's. Source: launching guide §9.
 */
export function estimateSeconds(platform: AdPlatform, left: Left, tier: string | null, settleWindowMs: number): Preview['estimate'] {
  if (platform.pace.tiers && tier === null) return null;
  const name = platformRules(platform.id).label;
  const limits = [
    { label: tier === null ? name : `${name} ${TIERS[tier] ?? tier}`, seconds: byMeter(platform, platform.pace, left, tier) },
    ...(platform.appPace ? [{ label: `${name}, all accounts`, seconds: byMeter(platform, platform.appPace, left, null) }] : []),
    { label: 'our own pace', seconds: byLanes(platform, left) },
  ];
  const binding = limits.reduce((longest, one) => (one.seconds > longest.seconds ? one : longest));
  return {
    p50Seconds: Math.ceil(binding.seconds),
    p90Seconds: Math.ceil(binding.seconds * 1.3 + settleWindowMs / 1000),
    meter: binding.label,
  };
}

/** Each object is created and read back, ad sets and ads are switched on and read once more, each file is sent and looked at. */
function byMeter(platform: AdPlatform, pace: Pace, left: Left, tier: string | null): number {
  const limits = (tier === null ? undefined : pace.tiers?.[tier]) ?? pace.unknown;
  const count = (n: number, perCall: number) => (pace.counts === 'items' ? n : Math.ceil(n / perCall));
  const round = (writes: number, reads: number) => writes * pace.cost.write + reads * pace.cost.read;
  const made = OBJECTS.reduce((sum, kind) => sum + round(count(left[kind], perCall(platform, kind)), count(left[kind], TOGETHER)), 0);
  const switched = count(left.ad_set + left.ad, TOGETHER);
  const cost = made + round(switched, switched) + round(left.media, left.media);
  return Math.max(0, cost - limits.burst) / (limits.lasting ?? limits.perSecond);
}

/** Level by level, so many calls at a time. */
function byLanes(platform: AdPlatform, left: Left): number {
  const rounds = (calls: number) => Math.ceil(calls / LANES);
  const levels = OBJECTS.reduce((sum, kind) => {
    const readBack = platform.objects.readsBack ? 0 : rounds(Math.ceil(left[kind] / TOGETHER));
    return sum + rounds(Math.ceil(left[kind] / perCall(platform, kind))) + readBack;
  }, 0);
  const switched = 2 * rounds(Math.ceil((left.ad_set + left.ad) / TOGETHER));
  return (levels + switched + rounds(left.media)) * ANSWER_SECONDS;
}

/** Objects of one kind in a call, in a plan of one parent. */
function perCall({ objects }: AdPlatform, kind: ObjectKind): number {
  const { most, together } = objects.freight[kind];
  return together === 'parents-apart' ? 1 : most;
}
