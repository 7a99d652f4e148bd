import { MANUAL_ENDS_AT } from './deny-list.ts';
import type { TiktokSettings } from './world.ts';

/** The platform as the guide describes it; where two readings are possible, the one that is harder on a caller. */
export function freshSettings(): TiktokSettings {
  return {
    videoProcessingMs: 800,
    taskMs: 400,
    nextTaskEnds: [],
    reviewMs: 600,
    campaignStatusAllowlisted: false,
    smartPlusAllowlisted: true,
    requestIdReplay: 'duplicate',
    requestIdWindowMs: 10_000,
    nameFilter: 'exact',
    manualEndsAt: MANUAL_ENDS_AT,
    tokenShape: 'long-lived',
    extraFields: false,
  };
}
