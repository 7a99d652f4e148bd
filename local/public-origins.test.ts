import { expect, test } from 'vitest';
import { arePlaceholders } from './public-origins.ts';

test("the checkout's own addresses are not for customers' pages", () => {
  const real = { INLAY_API_ORIGIN: 'https://api.example.com', INLAY_APP_ORIGIN: 'https://app.example.com' };
  expect(arePlaceholders(real)).toBe(false);
  expect(arePlaceholders({ ...real, INLAY_APP_ORIGIN: 'https://app.inlay.test' })).toBe(true);
});
