import { expect, test } from 'vitest';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { canActivate, canApprove, canRetry, created, verified } from './launch-counts.ts';

const states = { PLANNED: 0, READY: 0, SENDING: 0, CREATED: 3, VERIFIED: 5, ACTIVE: 0, REJECTED: 1, HELD: 0, CANCELLED: 0, UNDONE: 0 };
const alone = { needsSecondPerson: false, you: 'may', asked: null, declined: null, isVoid: false, approvedUntil: null } as const;
const launch = (state: LaunchSummary['state'], attention: string | null = null, approval: LaunchSummary['approval'] = alone) =>
  ({ state, byState: states, attention, approval }) as LaunchSummary;

test('what was made but not read back is not done', () => {
  expect(verified(states)).toBe(5);
  expect(created(states)).toBe(8);
});

test('only a launch that was read back as a whole can be switched on', () => {
  const all = ['draft', 'checking', 'checked', 'running', 'cancelling', 'cancelled', 'verified', 'active', 'needs_attention'] as const;
  expect(all.filter((state) => canActivate(launch(state)))).toEqual(['verified']);
  expect(all.filter((state) => canApprove(launch(state)))).toEqual(['draft', 'checked']);
});

test('above the threshold a launch that is ready is switched on with a fresh approval only, and approved again without one', () => {
  const ready = (approvedUntil: string | null) => launch('verified', null, { ...alone, needsSecondPerson: true, approvedUntil });
  expect([canActivate(ready('2026-11-22T10:00:00Z')), canApprove(ready('2026-11-22T10:00:00Z'))]).toEqual([true, false]);
  expect([canActivate(ready(null)), canApprove(ready(null))]).toEqual([false, true]);
});

test('a retry is offered only where something failed', () => {
  expect(canRetry(launch('needs_attention'))).toBe(true);
  expect(canRetry(launch('verified', '1 row was built differently from the plan.'))).toBe(true);
  expect(['running', 'verified', 'active', 'cancelled'].map((state) => canRetry(launch(state as LaunchSummary['state'])))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
