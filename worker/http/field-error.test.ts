import { expect, test } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import { fieldError } from './field-error.ts';

test('a broken rule carries the reason that clients translate, and a blank field is told in words', () => {
  const body = {
    name: '  ',
    organizationName: 'x'.repeat(121),
    email: 'nobody@here',
    password: 'short',
    currency: 'XYZ',
    timezone: 'Mars/Phobos',
  };
  const error = identity.signUp.body?.safeParse(body).error;
  expect(error?.issues.map(fieldError)).toMatchObject([
    { path: 'email', reason: 'email_form' },
    { path: 'password', reason: 'too_short', message: 'Use at least 8 characters.' },
    { path: 'name', reason: 'empty', message: 'Fill this in.' },
    { path: 'organizationName', reason: 'too_long' },
    { path: 'currency', reason: 'currency_unknown' },
    { path: 'timezone', reason: 'timezone_unknown' },
  ]);
});
