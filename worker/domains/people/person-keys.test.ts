import { expect, test } from 'vitest';
import { clickIdKey, countryOfTimezone, emailKey, phoneKey } from './index.ts';

test('addresses: spelling does not matter, plus-tags and dots do, role mailboxes do not identify', () => {
  expect(emailKey('  Lead-17@Example.COM ')?.value).toBe('lead-17@example.com');
  expect(emailKey('lead@bücher.example')?.value).toBe('lead@xn--bcher-kva.example');
  expect(emailKey('lead+shop@example.com')?.value).toBe('lead+shop@example.com');
  expect(emailKey('l.ead@example.com')?.value).not.toBe(emailKey('lead@example.com')?.value);
  for (const none of [
    'info@example.com',
    'SALES@example.com',
    'no address',
    'a@b',
    '',
    null,
    undefined,
    '<test lead: dummy data for email>',
  ])
    expect(emailKey(none)).toBeNull();
});

test('numbers are E.164, read with the country of the form when they name none', () => {
  expect(phoneKey('+33 6 12 34 56 78', null)?.value).toBe('+33612345678');
  expect(phoneKey('06 12 34 56 78', 'FR')?.value).toBe('+33612345678');
  expect(phoneKey('0033 6 12 34 56 78', 'FR')?.value).toBe('+33612345678');
  expect(phoneKey('06 12 34 56 78', null)).toBeNull();
  expect(phoneKey('+1 212 555 0100', 'FR')?.value).toBe('+12125550100');
  for (const none of ['12', 'call me', '', null, '+33 1']) expect(phoneKey(none, 'FR')).toBeNull();
});

test('click ids: the browser cookie form and the bare id are one key', () => {
  expect(clickIdKey('fb.1.1700000000000.AbCdEf123456')?.value).toBe('AbCdEf123456');
  expect(clickIdKey('AbCdEf123456')?.value).toBe('AbCdEf123456');
  expect(clickIdKey('short')).toBeNull();
  expect(clickIdKey('with space 123')).toBeNull();
});

test('a timezone of one country names it', () => {
  expect(countryOfTimezone('Europe/Paris')).toBe('FR');
  expect(countryOfTimezone('America/New_York')).toBe('US');
  expect(countryOfTimezone('UTC')).toBeNull();
});
