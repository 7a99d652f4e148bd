import type { EntityStatus, Normalised } from '../ad-platform.ts';

const OWN: Readonly<Record<string, EntityStatus>> = { ENABLED: 'active', PAUSED: 'paused', REMOVED: 'deleted' };
const EFFECTIVE: Readonly<Record<string, EntityStatus>> = {
  ELIGIBLE: 'active',
  LIMITED: 'active',
  LEARNING: 'active',
  PENDING: 'in_review',
  PAUSED: 'paused',
  REMOVED: 'deleted',
};

/** The object's own switch, whatever its parents make of it. */
export function ownStatus(raw: unknown): Normalised<EntityStatus> {
  const word = typeof raw === 'string' ? raw : 'UNKNOWN';
  return { unified: OWN[word] ?? 'other', raw: word };
}

/** What it does: by its primary status, and for an ad by what the review came to. */
export function effectiveStatus(object: { primaryStatus?: unknown; status?: unknown; policySummary?: unknown }): Normalised<EntityStatus> {
  const { approvalStatus } = (object.policySummary ?? {}) as { approvalStatus?: unknown };
  if (typeof object.primaryStatus !== 'string') return ownStatus(object.status);
  const raw = object.primaryStatus;
  if (raw === 'NOT_ELIGIBLE' && approvalStatus === 'DISAPPROVED') return { unified: 'rejected', raw };
  return { unified: EFFECTIVE[raw] ?? 'other', raw };
}
