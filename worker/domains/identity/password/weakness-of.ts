import type { Reason } from '#shared/contracts/reasons.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';
import { samePassword } from './password-text.ts';

interface Weakness {
  reason: Reason;
  message: string;
}

const LEAST = 8;
const MOST_BYTES = 1_024;
/** Shorter parts of an address or a name stand in too many good passwords. */
const TELLING = 3;
const PRODUCT = 'inlay';
const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qwertzuiop', 'yxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', '1234567890'];

/**
 * What is wrong with a password, and that in words for the person who chose it; null = nothing. No sign is demanded and none is forbidden: only
 * what a guesser tries first is refused.
 * @param about what a guesser knows of the person
 */
export function weaknessOf(password: string, about: { email: string; name: string }): Weakness | null {
  const text = samePassword(password);
  if (text.length < LEAST) return { reason: 'password_short', message: 'Use at least 8 characters.' };
  if (new TextEncoder().encode(text).length > MOST_BYTES)
    return { reason: 'password_long', message: 'Use a shorter password: this one takes more than 1,024 bytes.' };
  const lower = text.toLowerCase();
  if (isCommon(lower))
    return {
      reason: 'password_common',
      message: 'This is one of the passwords most people use, so it is guessed first. Choose another one.',
    };
  if (isRepetition(lower)) return { reason: 'password_repeats', message: 'This repeats the same few characters. Choose another password.' };
  if (isRow(lower)) return { reason: 'password_row', message: 'This is a row of the alphabet or the keyboard. Choose another password.' };
  const known = knownOf(about).filter((word) => lower.includes(word));
  const rest = known.reduce((left, word) => left.replaceAll(word, ''), lower);
  if (known.length > 0 && rest.length < LEAST)
    return {
      reason: 'password_own_words',
      message: 'This is little more than your address, your name or the name of this product. Choose another password.',
    };
  return null;
}

/** On the list, also with up to four digits or signs behind it: the year or the "1!" that guessers put there. */
function isCommon(lower: string): boolean {
  const [, word = ''] = /^(.*?)[^\p{L}]{0,4}$/u.exec(lower) ?? [];
  return COMMON_PASSWORDS.has(lower) || COMMON_PASSWORDS.has(word);
}

/** One to four signs again and again, the last time perhaps cut short. */
const isRepetition = (lower: string): boolean =>
  [1, 2, 3, 4].some((n) => lower === lower.slice(0, n).repeat(lower.length).slice(0, lower.length));

/** All of it runs along the alphabet, the digits or a row of keys, in either direction. */
function isRow(lower: string): boolean {
  const signs = Array.from(lower, (sign) => sign.codePointAt(0) ?? 0);
  const steps = signs.slice(1).map((sign, i) => sign - (signs[i] ?? 0));
  if (steps.every((step) => step === 1) || steps.every((step) => step === -1)) return true;
  return KEYBOARD.some((row) => [row, Array.from(row).toReversed().join('')].some((keys) => keys.repeat(3).includes(lower)));
}

function knownOf({ email, name }: { email: string; name: string }): string[] {
  const [local = ''] = email.toLowerCase().split('@');
  const words = [local, ...local.split(/[^\p{L}\p{N}]+/u), ...name.toLowerCase().split(/\s+/), PRODUCT];
  return [...new Set(words.map(samePassword))].filter((word) => word.length >= TELLING).toSorted((a, b) => b.length - a.length);
}
