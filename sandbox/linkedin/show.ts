import type { Json } from './li-call.ts';
import { auditStamps } from './make-object.ts';
import { isGone, statusOf } from './status.ts';
import type { LiKind, LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

function accountServing(account: LiObject | undefined): string[] {
  return account?.fields['status'] === 'ACTIVE' && (account.fields['servingStatuses'] as string[]).includes('RUNNABLE')
    ? []
    : ['ACCOUNT_SERVING_HOLD'];
}

const accountOf = (world: LiWorld, one: LiObject): LiObject | undefined =>
  world.store.all('account').find((account) => account.id === one.accountId);

function scheduleHolds(world: LiWorld, one: LiObject, word: string): string[] {
  const { start, end } = (one.fields['runSchedule'] ?? {}) as { start?: number; end?: number };
  const now = world.core.now();
  return [
    ...(start !== undefined && start > now ? [`${word}_START_DATE_HOLD`] : []),
    ...(end !== undefined && end <= now ? [`${word}_END_DATE_HOLD`] : []),
  ];
}

/** Why a group or campaign does not serve; RUNNABLE when nothing holds it. The words are [K]. */
export function servingStatuses(world: LiWorld, one: LiObject): string[] {
  const holds = [
    ...accountServing(accountOf(world, one)),
    ...scheduleHolds(world, one, one.kind === 'group' ? 'CAMPAIGN_GROUP' : 'CAMPAIGN'),
  ];
  if (statusOf(world, one) !== 'ACTIVE') holds.push('STOPPED');
  if (one.kind === 'campaign') {
    const group = world.store.find('group', one.fields['campaignGroup']);
    if (group === undefined || statusOf(world, group) !== 'ACTIVE') holds.push('CAMPAIGN_GROUP_STATUS_HOLD');
  }
  return holds.length === 0 ? ['RUNNABLE'] : holds;
}

export function reviewOf(world: LiWorld, creative: LiObject): Json | null {
  const { reviewSince, reviewEnd } = creative.inner;
  if (typeof reviewSince !== 'number') return null;
  if (world.core.now() < reviewSince + world.settings.reviewMs) return { status: 'PENDING' };
  return reviewEnd === 'REJECTED' ? { status: 'REJECTED', rejectionReasons: ['AD_REJECTED'] } : { status: reviewEnd };
}

function holdsOf(world: LiWorld, creative: LiObject): string[] {
  const campaign = world.store.find('campaign', creative.fields['campaign']);
  const review = reviewOf(world, creative)?.['status'];
  return [
    ...(statusOf(world, creative) === 'ACTIVE' ? [] : ['STOPPED']),
    ...(campaign === undefined || servingStatuses(world, campaign)[0] !== 'RUNNABLE' ? ['CAMPAIGN_STOPPED'] : []),
    ...(review === 'APPROVED' ? [] : review === 'REJECTED' ? ['REJECTED'] : ['UNDER_REVIEW']),
  ];
}

/** Whether money can flow through this object now. */
export function canSpend(world: LiWorld, one: LiObject): boolean {
  if (one.kind === 'creative') return holdsOf(world, one).length === 0;
  return (one.kind === 'group' || one.kind === 'campaign') && servingStatuses(world, one)[0] === 'RUNNABLE';
}

/** Kinds that are answered with their number; the others have a word or a URN as id. */
const NUMBERED: ReadonlySet<LiKind> = new Set(['organization', 'conversion', 'segment', 'insightTag', 'form', 'notification']);

/** One object as the platform answers it. */
export function show(world: LiWorld, one: LiObject): Json {
  switch (one.kind) {
    case 'account':
      return { id: Number(one.id), ...one.fields, changeAuditStamps: auditStamps(one), version: { versionTag: '1' } };
    case 'group':
    case 'campaign':
      return {
        id: Number(one.id),
        ...one.fields,
        status: statusOf(world, one),
        servingStatuses: servingStatuses(world, one),
        changeAuditStamps: auditStamps(one),
        ...(one.kind === 'campaign' ? { version: { versionTag: '1' } } : {}),
      };
    case 'creative': {
      const review = reviewOf(world, one);
      const holds = holdsOf(world, one);
      return {
        id: one.urn,
        ...one.fields,
        account: `urn:li:sponsoredAccount:${one.accountId ?? ''}`,
        intendedStatus: statusOf(world, one),
        isServing: holds.length === 0,
        ...(holds.length === 0 ? {} : { servingHoldReasons: holds }),
        ...(review === null ? {} : { review }),
        createdAt: one.createdAt,
        lastModifiedAt: one.updatedAt,
      };
    }
    case 'post':
      return { id: one.urn, ...one.fields, createdAt: one.createdAt, lastModifiedAt: one.updatedAt };
    default:
      return { id: NUMBERED.has(one.kind) ? Number(one.id) : one.id, ...one.fields };
  }
}

/** Deleted for good: not even a read by id finds it. */
export const isErased = (one: LiObject): boolean => one.inner['erased'] === true;

export function isListed(world: LiWorld, one: LiObject): boolean {
  return !isErased(one) && one.visibleAt <= world.core.now();
}

/** Removed things only show up when they are asked for by status. */
export const isLiving = (world: LiWorld, one: LiObject): boolean => !isGone(statusOf(world, one));
