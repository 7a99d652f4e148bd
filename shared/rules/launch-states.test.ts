import { expect, test } from 'vitest';
import { canMove, canMoveLaunch, ITEM_STATES, LAUNCH_STATES, mayStart, movesFrom, movesInto, stateAfter } from './launch-states.ts';

test('the way of a clean item, and no shortcut past read-back', () => {
  const path = ['PLANNED', 'READY', 'SENDING', 'CREATED', 'VERIFIED', 'ACTIVE'] as const;
  for (let i = 1; i < path.length; i += 1) expect(canMove(path[i - 1] as 'READY', path[i] as 'READY')).toBe(true);
  expect(canMove('CREATED', 'ACTIVE')).toBe(false);
  expect(canMove('PLANNED', 'SENDING')).toBe(false);
});

test('an object that exists can be undone but never forgotten as cancelled or sent again', () => {
  for (const state of ['CREATED', 'VERIFIED', 'ACTIVE'] as const) {
    expect(canMove(state, 'CANCELLED')).toBe(false);
    expect(canMove(state, 'UNDONE')).toBe(true);
    expect(canMove(state, 'READY')).toBe(false);
    expect(canMove(state, 'SENDING')).toBe(false);
  }
});

test('a second create call starts only from READY', () => {
  expect(movesInto('SENDING')).toEqual(['READY']);
  expect(movesInto('READY').toSorted()).toEqual(['HELD', 'PLANNED', 'REJECTED', 'SENDING']);
});

test('every state is reachable and only undone and cancelled are final', () => {
  const reached = new Set<string>(['PLANNED']);
  for (const state of ITEM_STATES) for (const next of movesFrom(state)) reached.add(next);
  expect([...reached].toSorted()).toEqual(ITEM_STATES.toSorted());
  expect(ITEM_STATES.filter((state) => movesFrom(state).length === 0)).toEqual(['CANCELLED', 'UNDONE']);
});

test('children wait for parents that were read back', () => {
  expect(mayStart(['VERIFIED', 'ACTIVE'])).toBe(true);
  expect(mayStart(['VERIFIED', 'CREATED'])).toBe(false);
  expect(mayStart([])).toBe(true);
});

test('nothing but a definite answer leaves SENDING', () => {
  expect(stateAfter({ kind: 'created', externalId: '1' })).toBe('CREATED');
  expect(stateAfter({ kind: 'throttled', retryAfterMs: null, code: '613' })).toBe('READY');
  expect(stateAfter({ kind: 'connection', reason: 'expired', code: '190' })).toBe('READY');
  expect(stateAfter({ kind: 'rejected', code: '100', message: 'Invalid parameter', field: null })).toBe('REJECTED');
  expect(stateAfter({ kind: 'exists', code: 'DUPLICATE' })).toBe('SENDING');
  for (const cause of ['timeout', 'reset', 'server-error', 'unreadable', 'partial', 'worker-died', 'flaky-code'] as const) {
    expect(stateAfter({ kind: 'unclear', cause, code: null })).toBe('SENDING');
  }
});

test('a launch runs only when approved, and a cancelled one never runs again', () => {
  expect(canMoveLaunch('DRAFT', 'RUNNING')).toBe(false);
  expect(canMoveLaunch('APPROVED', 'RUNNING')).toBe(true);
  for (const state of LAUNCH_STATES) if (state !== 'APPROVED' && state !== 'DONE') expect(canMoveLaunch(state, 'RUNNING')).toBe(false);
});
