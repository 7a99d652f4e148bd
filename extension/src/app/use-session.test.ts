import { expect, test, vi } from 'vitest';

vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  vi.stubGlobal('document', { documentElement: {} });
});
vi.mock('../ui/theme.ts', () => ({ applyTheme: () => undefined }));

import { currentLocale } from '../ui/i18n.ts';
import { language } from './preferences.ts';
import { runHook } from './testing/run-hook.ts';
import { useChoices } from './use-session.ts';

test('a page is not drawn before it speaks the language of who reads it, and never taken away again', async () => {
  language.set('ar');
  const drawn: boolean[] = [];
  const choices = runHook((known: boolean) => {
    const may = useChoices(known);
    drawn.push(may && currentLocale() !== 'ar');
    return may;
  }, false as boolean);
  await choices.settled();
  expect(choices.now(), 'whose page it is stands not yet').toBe(false);
  choices.give(true);
  await vi.waitFor(() => expect(choices.now()).toBe(true));
  expect(currentLocale()).toBe('ar');
  expect(drawn).not.toContain(true);
  language.set('fr');
  await choices.settled();
  expect(choices.now()).toBe(true);
  await vi.waitFor(() => expect(currentLocale()).toBe('fr'));
});
