import type { EntityStatus, Normalised } from '../ad-platform.ts';
import { isRow, type Row } from './read.ts';

const UNIFIED: Record<string, EntityStatus> = {
  ACTIVE: 'active',
  PAUSED: 'paused',
  // Not begun yet: it cannot serve, and one change makes it.
  DRAFT: 'paused',
  ARCHIVED: 'archived',
  CANCELED: 'archived',
  PENDING_DELETION: 'deleted',
  REMOVED: 'deleted',
};

/** An object's own switch in our words; the raw word is kept beside it. */
export const toStatus = (raw: string): Normalised<EntityStatus> => ({ unified: UNIFIED[raw] ?? 'other', raw });

/** What becomes of a creative that is on: it serves only once people have looked at it. */
export function creativeStatus(row: Row): Normalised<EntityStatus> {
  const own = toStatus(String(row['intendedStatus'] ?? 'UNKNOWN'));
  const review = isRow(row['review']) ? row['review']['status'] : undefined;
  if (own.unified === 'active' && review === 'REJECTED') return { unified: 'rejected', raw: 'REJECTED' };
  if (own.unified === 'active' && (review === 'PENDING' || review === 'NEEDS_REVIEW')) return { unified: 'in_review', raw: review };
  return own;
}
