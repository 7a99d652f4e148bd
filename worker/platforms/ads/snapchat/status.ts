import type { EntityStatus, Normalised } from '../ad-platform.ts';
import { textOf, type Json } from './kinds.ts';

const SWITCH: Readonly<Record<string, EntityStatus>> = { ACTIVE: 'active', PAUSED: 'paused' };
/** A creative that waits has another word than an ad that waits. */
const VERDICT: Readonly<Record<string, EntityStatus>> = {
  APPROVED: 'active',
  PENDING: 'in_review',
  PENDING_REVIEW: 'in_review',
  REJECTED: 'rejected',
};
/** Something above it is off. */
const HELD_FROM_ABOVE = 'INVALID_NOT_EFFECTIVE_ACTIVE';

const upper = (value: unknown): string => (textOf(value) ?? 'UNKNOWN').toUpperCase();

/** An object's own switch, not what its parents or reviewers make of it; the raw word is kept beside it. */
export function toOwnStatus(node: Json): Normalised<EntityStatus> {
  if (node['deleted'] === true) return { unified: 'deleted', raw: 'DELETED' };
  const raw = upper(node['status']);
  return { unified: SWITCH[raw] ?? 'other', raw };
}

/** A creative has no switch: what there is to know of it is its review. */
export function toCreativeStatus(node: Json): Normalised<EntityStatus> {
  const raw = upper(node['review_status']);
  return { unified: VERDICT[raw] ?? 'other', raw };
}

/** What becomes of an object: its own switch first, then its review, then what is above it. */
export function toEffectiveStatus(node: Json): Normalised<EntityStatus> {
  const own = toOwnStatus(node);
  if (own.unified !== 'active') return own;
  const verdict = upper(node['review_status']);
  const judged = VERDICT[verdict];
  if (judged === 'rejected' || judged === 'in_review') return { unified: judged, raw: verdict };
  const delivery: unknown = node['delivery_status'];
  if (Array.isArray(delivery) && delivery.map(upper).includes(HELD_FROM_ABOVE)) return { unified: 'paused', raw: HELD_FROM_ABOVE };
  return own;
}
