import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import type { Problem } from '#shared/contracts/parts.ts';
import { REASONS } from '#shared/contracts/reasons.ts';
import { setLocale } from './i18n.ts';
import { describe } from './problem-message.tsx';

vi.stubGlobal('document', { documentElement: {} });
afterEach(() => setLocale('en'));

const refused = (problem: Partial<Problem>) =>
  describe(new ApiError({ type: 't', title: 'T', status: 409, detail: 'In English.', code: 'conflict', requestId: 'req_1', ...problem }));

test('in English the API speaks; elsewhere its reason is said, and without one its code', async () => {
  expect(refused({ reason: 'last_owner' }).what).toBe('In English.');
  await setLocale('fr');
  expect(refused({ reason: 'last_owner' }).what).toMatch(/^C’est le dernier propriétaire/);
  expect(refused({ reason: 'last_owner' }).next).toBeUndefined();
  expect(refused({}).next).toBe('Corrigez, puis réessayez.');
  expect(refused({ reason: 'of_a_later_version' }).what).toBe('Quelqu’un a été plus rapide : l’élément a changé entre-temps.');
  expect(refused({}).what).toBe('Quelqu’un a été plus rapide : l’élément a changé entre-temps.');
});

test('a field is told in the language too, and not a second time when the sentence said it', async () => {
  const fields = [
    { path: 'email', message: 'In English.', reason: 'invited_already' },
    { path: 'name', message: 'Fill this in.', reason: 'empty' },
    { path: 'plan', message: 'Nobody has words for this.' },
  ];
  expect(refused({ reason: 'invited_already', fields }).fields.map((one) => one.path)).toEqual(['name', 'plan']);
  await setLocale('ar');
  expect(refused({ reason: 'invited_already', fields }).fields).toEqual([{ path: 'name', message: 'املأ هذا الحقل.' }]);
});

test('no reason is left in English', async () => {
  for (const locale of ['fr', 'ar'] as const) {
    await setLocale(locale);
    expect(REASONS.filter((reason) => /In English|^Quelqu’un a été plus|^سبقك/.test(refused({ reason }).what))).toEqual([]);
  }
});
