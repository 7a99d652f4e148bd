import type { TiktokCall } from './call.ts';
import { requestKey, withoutTokens } from './request-key.ts';
import type { TiktokWorld } from './world.ts';

/** Whether the platform drops this one item of a call, by the plan's `batchNull`. */
export function itemFails(world: TiktokWorld, call: TiktokCall, name: string): boolean {
  const { faults, log } = world.core;
  const { batchNull = 0 } = faults.plan;
  if (batchNull === 0 || !faults.covers('tiktok')) return false;
  if (faults.roll(`tiktok item ${requestKey(world, call)} ${withoutTokens(world, name)}`) >= batchNull) return false;
  log.countFault('tiktok', 'batch-item');
  return true;
}
