import { expect, test } from 'vitest';
import { canMove, ITEM_STATES, mayStart, movesFrom, movesInto } from './launch-states.ts';

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
