import type { LaunchSummary } from '#shared/contracts/launches.ts';

type ByState = LaunchSummary['byState'];

/** What a launch makes, in the order a person thinks of it: the three levels, then what serves them. */
export const ITEM_KINDS = ['campaign', 'ad_set', 'ad', 'creative', 'media'] as const;

/** Read back and compared: only this counts as done, so that a bar never fills before the truth is known. */
export function verified(states: ByState): number {
  return states.VERIFIED + states.ACTIVE;
}
export function moving(states: ByState): number {
  return states.SENDING + states.CREATED;
}
export function waitingForPerson(states: ByState): number {
  return states.REJECTED + states.HELD;
}
/** Made on the platform, compared or not. */
export function created(states: ByState): number {
  return states.CREATED + states.VERIFIED + states.ACTIVE;
}

/** Something happens without anybody pressing anything. */
export function isRunning(launch: LaunchSummary): boolean {
  return ['running', 'cancelling', 'checking', 'undoing'].includes(launch.state);
}
export function canCancel(launch: LaunchSummary): boolean {
  return ['draft', 'checking', 'checked', 'running', 'needs_attention', 'verified'].includes(launch.state);
}
/** Refused and held rows, and rows that were built differently from the plan, which no state counts. */
export function canRetry(launch: LaunchSummary): boolean {
  return (launch.state === 'needs_attention' && !launch.approval.isVoid) || (launch.state === 'verified' && launch.attention !== null);
}
export function canActivate(launch: LaunchSummary): boolean {
  return launch.state === 'verified' && !needsRenewal(launch);
}
/** Rows were corrected since the approval: they wait until the plan as it is now was approved. */
export function waitsForWord({ state, approval }: LaunchSummary): boolean {
  return state === 'needs_attention' && approval.isVoid;
}
/** Ready, but the second person's word is missing or older than a day: it is asked for before anything is switched on. */
export function needsRenewal({ state, approval }: LaunchSummary): boolean {
  return state === 'verified' && approval.needsSecondPerson && approval.approvedUntil === null;
}
export function canApprove(launch: LaunchSummary): boolean {
  return launch.state === 'draft' || launch.state === 'checked' || needsRenewal(launch) || waitsForWord(launch);
}
/** Something of it is at the platform, and nothing works on it. */
export function canUndo(launch: LaunchSummary): boolean {
  if (launch.state === 'partly_undone') return true;
  return ['verified', 'active', 'needs_attention', 'cancelled'].includes(launch.state) && created(launch.byState) > 0;
}
