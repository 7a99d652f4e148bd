import { expect, test } from 'vitest';
import { defaultFaultPlan } from '../sandbox/index.ts';
import { faultsOf } from './faults-of.ts';

test('the weather is fair unless a seed is given; anything else is refused with an example', () => {
  expect(faultsOf(undefined)).toBeNull();
  expect(faultsOf('7')).toEqual(defaultFaultPlan(7));
  for (const wrong of ['', 'seven', '-1', '1.5']) expect(() => faultsOf(wrong)).toThrow('npm start -- --faults 7');
});
