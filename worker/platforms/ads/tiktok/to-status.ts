import type { EntityStatus, Normalised } from '../ad-platform.ts';

const OWN: Readonly<Record<string, EntityStatus>> = { ENABLE: 'active', DISABLE: 'paused', DELETE: 'deleted' };

/** An object's own switch. What it may hold besides (FROZEN) nobody documented. */
export const ownStatus = (word: unknown): Normalised<EntityStatus> => {
  const raw = typeof word === 'string' && word !== '' ? word : 'UNKNOWN';
  return { unified: OWN[raw] ?? 'other', raw };
};

/** Why an object delivers or not, counted from itself and all above it: CAMPAIGN_STATUS_ENABLE, ADGROUP_STATUS_NOT_START, AD_STATUS_AUDIT_DENY … */
export function deliveryStatus(word: unknown): Normalised<EntityStatus> {
  const raw = typeof word === 'string' && word !== '' ? word : 'UNKNOWN';
  const ends: readonly (readonly [RegExp, EntityStatus])[] = [
    [/_DELETE$/, 'deleted'],
    [/_DISABLE$/, 'paused'],
    [/_AUDIT_DENY$/, 'rejected'],
    [/_(?:RE)?AUDIT$/, 'in_review'],
    [/_(?:ENABLE|DELIVERY_OK|NOT_START)$/, 'active'],
  ];
  return { unified: ends.find(([end]) => end.test(raw))?.[1] ?? 'other', raw };
}
