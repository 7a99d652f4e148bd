import type { Checks } from './checks.ts';
import type { Json } from './li-call.ts';
import type { LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

/** Unverified [K]: what a create may begin with, that DRAFT is never returned to, and that unarchiving is possible. */
const AT_BIRTH = new Set(['ACTIVE', 'PAUSED', 'DRAFT']);
const BY_PLATFORM_ONLY = new Set(['REMOVED', 'COMPLETED']);

export const isGone = (status: string): boolean => status === 'REMOVED' || status === 'PENDING_DELETION';

/** The status as it stands now: a deletion comes to its end, and a campaign whose schedule is over is completed. */
export function statusOf(world: LiWorld, object: LiObject): string {
  const field = object.kind === 'creative' ? 'intendedStatus' : 'status';
  const said = String(object.fields[field]);
  const now = world.core.now();
  const { deletionAt } = object.inner;
  if (said === 'PENDING_DELETION' && typeof deletionAt === 'number' && now >= deletionAt + world.settings.deletionMs) return 'REMOVED';
  const { end } = (object.fields['runSchedule'] ?? {}) as { end?: number };
  if (object.kind === 'campaign' && end !== undefined && end <= now && (said === 'ACTIVE' || said === 'PAUSED')) return 'COMPLETED';
  return said;
}

/** Whether an object may go from one status to another; null before = it is being made. */
export function checkStatus(checks: Checks, path: string, before: string | null, after: unknown, allowed: readonly string[]): void {
  if (typeof after !== 'string' || !allowed.includes(after)) return checks.invalid(path, after ?? null);
  if (before === after) return;
  const isRefused =
    before === null ? !AT_BIRTH.has(after) : BY_PLATFORM_ONLY.has(after) || isGone(before) || (after === 'DRAFT' && before !== 'DRAFT');
  if (before === 'CANCELED') checks.add('ACTION_NOT_ALLOWED_FOR_CANCELLED_STATUS', path, `Cannot set ${after} on a canceled entity`);
  else if (isRefused) checks.add('STATUS_CHANGE_NOT_ALLOWED', path, `Status change from ${before ?? 'nothing'} to ${after} is not allowed`);
}

/** What a status change leaves behind for the time to come. */
export function afterStatus(world: LiWorld, object: LiObject, fields: Json): void {
  if (fields['status'] === 'PENDING_DELETION' || fields['intendedStatus'] === 'PENDING_DELETION') {
    object.inner['deletionAt'] ??= world.core.now();
  }
}
