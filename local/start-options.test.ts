import { expect, test } from 'vitest';
import { startOptions, UsageError } from './start-options.ts';

test('every port follows from --port, so two checkouts need no port in common', () => {
  const first = Object.values(startOptions([]).ports);
  const second = Object.values(startOptions(['--port', '8800']).ports);
  expect(first[0]).toBe(8787);
  expect(second[0]).toBe(8800);
  expect(new Set([...first, ...second]).size).toBe(8);
});

test.each([
  ['--port', 'abc'],
  ['--port', '99999'],
  ['--port', ''],
  ['--port'],
  ['--seed', 'x'],
  ['--faults', 'x'],
  ['--colour'],
  ['again'],
])('a slip of the pen is answered with the usage: %s %s', (...args) => {
  expect(() => startOptions(args.filter((arg) => arg !== undefined))).toThrow(UsageError);
  expect(() => startOptions(args.filter((arg) => arg !== undefined))).toThrow('npm start -- [--browser]');
});
