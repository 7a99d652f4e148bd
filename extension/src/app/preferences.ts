import { signal } from '@preact/signals';
import { LOCALES, type Locale } from '#shared/messages/locales.ts';
import type { Theme } from '../ui/theme.ts';

/** Choices of this browser, kept in it. */
function stored<T extends string>(name: string, allowed: readonly T[], first: T) {
  const read = (): T => allowed.find((value) => value === localStorage.getItem(`inlay.${name}`)) ?? first;
  const value = signal<T>(read());
  return {
    value,
    set(next: T): void {
      localStorage.setItem(`inlay.${name}`, next);
      value.value = next;
    },
  };
}

export const theme = stored<Theme>('theme', ['system', 'light', 'dark'], 'system');
/** 'account' follows the language of the person's account, or of the browser before sign-in. */
export const language = stored<Locale | 'account'>('language', [...LOCALES, 'account'], 'account');
export const basis = stored<'accrual' | 'cash'>('basis', ['accrual', 'cash'], 'accrual');

/** Reporting windows a person can choose between, in days. */
export const WINDOWS = ['7', '14', '28', '30', '60', '90'] as const;
export const windowDays = stored<(typeof WINDOWS)[number]>('window', WINDOWS, '28');
const COUNT = { 7: 7, 14: 14, 28: 28, 30: 30, 60: 60, 90: 90 } as const;
/** The chosen window as the API counts it. */
export const reportingDays = () => COUNT[windowDays.value.value];

const ACCOUNT = 'inlay.account';
export const chosenAccount = signal<string | null>(localStorage.getItem(ACCOUNT));
export function chooseAccount(id: string): void {
  localStorage.setItem(ACCOUNT, id);
  chosenAccount.value = id;
}
