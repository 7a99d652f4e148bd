import { expect, test } from 'vitest';
import { betaI, betaIInverse, gammaP, gammaPInverse, lnGamma } from './special-functions.ts';

test('ln Γ at points with closed forms', () => {
  expect(lnGamma(1)).toBeCloseTo(0, 12);
  expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12);
  expect(lnGamma(11)).toBeCloseTo(Math.log(3_628_800), 10);
});

test('P(a, x) has its closed forms: exponential, Erlang, half-integer', () => {
  expect(gammaP(1, 2)).toBeCloseTo(1 - Math.exp(-2), 13);
  expect(gammaP(3, 2.5)).toBeCloseTo(1 - Math.exp(-2.5) * (1 + 2.5 + 2.5 ** 2 / 2), 13);
  expect(gammaP(0.5, 0.5)).toBeCloseTo(0.682689492137086, 12); // one sigma of a normal
  expect(gammaP(0.5, 2)).toBeCloseTo(0.954499736103642, 12); // two sigma
});

test('inverse gamma reproduces published chi-square quantiles (χ²_ν = 2·Gamma(ν/2))', () => {
  const published: [nu: number, p: number, value: number][] = [
    [1, 0.05, 0.00393214],
    [1, 0.95, 3.841459],
    [2, 0.9, 4.60517],
    [5, 0.95, 11.0705],
    [10, 0.025, 3.246973],
    [10, 0.975, 20.48318],
    [30, 0.99, 50.89218],
    [100, 0.05, 77.92947],
    [100, 0.95, 124.3421],
  ];
  for (const [nu, p, value] of published) expect((2 * gammaPInverse(p, nu / 2)) / value, `χ² ${nu} ${p}`).toBeCloseTo(1, 5);
});

test('inverse gamma inverts over the whole range of shapes and levels used', () => {
  for (const a of [0.01, 0.1, 0.40625, 0.9, 1, 3.3, 9.6, 40, 250, 5000, 1e5]) {
    for (const p of [0.005, 0.025, 0.1, 0.5, 0.9, 0.975, 0.995]) expect(gammaP(a, gammaPInverse(p, a)) / p, `${a} ${p}`).toBeCloseTo(1, 9);
  }
});

test('I_x(a, b): closed forms and symmetry', () => {
  expect(betaI(0.3, 1, 1)).toBeCloseTo(0.3, 13);
  expect(betaI(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 13);
  expect(betaI(0.5, 7.3, 7.3)).toBeCloseTo(0.5, 13);
  expect(betaI(0.25, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 12); // arcsine law
  // Binomial tail: at least 3 of 5 at 0.4 = 0.31744
  expect(betaI(0.4, 3, 3)).toBeCloseTo(0.31744, 12);
  expect(betaI(betaIInverse(0.1, 3.5, 17.5), 3.5, 17.5)).toBeCloseTo(0.1, 12);
});
