import { CLIENT_TOKEN_LENGTH, TOKEN_SEPARATOR } from './client-token.ts';
import type { NameLimits } from './ad-platforms/platform-rules.ts';
import { countCharacters, firstCharacters } from './count-characters.ts';

/**
 * Object names from templates. Order of work: fill → trim → replace forbidden characters → shorten the longest free-text token;
 * the caller appends the client token, for which room is always kept. Source: launching guide §5.
 */
export const NAME_TOKENS = [
  'campaign',
  'adset',
  'concept',
  'variant',
  'hook',
  'ratio',
  'lang',
  'geo',
  'creator',
  'placement',
  'date',
  'isoweek',
  'counter',
  'account',
  'filename',
  'custom',
] as const;
export type NameToken = (typeof NAME_TOKENS)[number];

/** Free text written by people: the only tokens that may be shortened to fit a limit. */
const SHORTENABLE: readonly NameToken[] = ['campaign', 'adset', 'concept', 'hook', 'creator', 'account', 'filename', 'custom'];

export interface NameValues {
  campaign: string;
  adset: string;
  concept: string;
  variant: string;
  hook: string;
  ratio: string;
  lang: string;
  geo: string;
  creator: string;
  placement: string;
  account: string;
  filename: string;
  /** "YYYY-MM-DD" in the account's timezone. */
  date: string;
  /** Position among its siblings in path order, from 1. */
  counter: number;
  custom: Readonly<Record<string, string>>;
}

type Part = { text: string } | { token: NameToken; argument: string; source: string };

export interface NameTemplate {
  parts: Part[];
  /** Tokens that do not exist or have a wrong argument, as written. */
  unknown: string[];
}

/** Reads "{campaign} | {date:YYYY-MM-DD} | {counter:3}". Never throws: unknown tokens are reported. */
export function parseTemplate(template: string): NameTemplate {
  const parts: Part[] = [];
  const unknown: string[] = [];
  for (const piece of template.split(/(\{[^{}]*\})/)) {
    if (piece === '') continue;
    const match = /^\{([a-z]+)(?::(.*))?\}$/.exec(piece);
    if (match === null) {
      if (/[{}]/.test(piece)) unknown.push(piece);
      parts.push({ text: piece });
      continue;
    }
    const [, token = '', argument = ''] = match;
    if (!isToken(token) || !argumentFits(token, argument)) unknown.push(piece);
    else parts.push({ token, argument, source: piece });
  }
  return { parts, unknown };
}

export interface FilledName {
  /** Without client token. */
  name: string;
  /** Tokens that had to be shortened to fit, as written; shown as a warning. */
  shortened: string[];
  /** False: even shortened it does not fit, or nothing was left of it. The plan stops. */
  fits: boolean;
}

/** Room a name leaves for its client token. */
export const TOKEN_ROOM = TOKEN_SEPARATOR.length + CLIENT_TOKEN_LENGTH;

/** An empty token disappears together with the separator beside it. @throws RangeError when the template has unknown tokens */
export function fillName(template: NameTemplate, values: NameValues, limits: NameLimits): FilledName {
  if (template.unknown.length > 0) throw new RangeError(`the template has unknown tokens: ${template.unknown.join(' ')}`);
  const room = limits.maxLength - TOKEN_ROOM;
  const filled = template.parts.map((part) =>
    'text' in part ? part.text : valueOf(part.token, part.argument, values).replace(limits.forbidden, '-').trim(),
  );
  const shortened: string[] = [];
  let name = tidy(join(template.parts, filled), limits);
  for (let over = countCharacters(name) - room; over > 0; over = countCharacters(name) - room) {
    const longest = longestFreeText(template.parts, filled, shortened);
    if (longest === null) break;
    const text = filled[longest] as string;
    filled[longest] = firstCharacters(text, Math.max(1, countCharacters(text) - over)).trim();
    shortened.push((template.parts[longest] as { source: string }).source);
    name = tidy(join(template.parts, filled), limits);
  }
  return { name, shortened, fits: name !== '' && countCharacters(name) <= room };
}

/** Tokens filled one after the other, nothing collapsed, cut or replaced: for link parameters, where every character is wanted. */
export function fillTokens(template: NameTemplate, values: NameValues): string {
  return template.parts.map((part) => ('text' in part ? part.text : valueOf(part.token, part.argument, values))).join('');
}

/** Names that occur more than once, among themselves or in `existing` (names in the account, without tokens). */
export function nameCollisions(names: readonly string[], existing: ReadonlySet<string> = new Set()): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) {
    if (seen.has(name) || existing.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice];
}

/** ISO 8601 week of a day, "2026-W47". */
export function isoWeek(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7)); // the Thursday decides the year
  const week = Math.ceil(((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000 + 1) / 7);
  return `${date.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

function isToken(word: string): word is NameToken {
  return (NAME_TOKENS as readonly string[]).includes(word);
}

function argumentFits(token: NameToken, argument: string): boolean {
  if (token === 'date') return argument === '' || /^(YYYY|YY|MM|DD|[-_. ])+$/.test(argument);
  if (token === 'counter') return argument === '' || /^[1-9]$/.test(argument);
  if (token === 'custom') return argument !== '';
  return argument === '';
}

function valueOf(token: NameToken, argument: string, values: NameValues): string {
  switch (token) {
    case 'date': {
      const [year = '', month = '', day = ''] = values.date.split('-');
      return (argument || 'YYYY-MM-DD').replaceAll(
        /YYYY|YY|MM|DD/g,
        (word) => ({ YYYY: year, YY: year.slice(2), MM: month, DD: day })[word] ?? word,
      );
    }
    case 'isoweek':
      return isoWeek(values.date);
    case 'counter':
      return String(values.counter).padStart(Number(argument || '1'), '0');
    case 'custom':
      return values.custom[argument] ?? '';
    default:
      return values[token];
  }
}

const ONLY_SEPARATOR = /^[\s\-_|·•.,;:/+&~]*$/u;

/** Leaves out empty tokens, and with each the separator before it (or after it, at the start). */
function join(parts: readonly Part[], filled: readonly string[]): string {
  let name = '';
  let pending = '';
  let dropNext = false;
  parts.forEach((part, i) => {
    const text = filled[i] as string;
    const isSeparator = 'text' in part && ONLY_SEPARATOR.test(text);
    if (isSeparator) {
      pending = dropNext ? '' : text;
      dropNext = false;
    } else if (text === '') {
      // At the start there is nothing before it, so the separator after it goes; elsewhere the one before it goes.
      dropNext = name === '';
      pending = '';
    } else {
      name += pending + text;
      pending = '';
      dropNext = false;
    }
  });
  return name;
}

function tidy(name: string, limits: NameLimits): string {
  return name.replace(limits.forbidden, '-').replaceAll(/\s+/gu, ' ').trim();
}

function longestFreeText(parts: readonly Part[], filled: readonly string[], done: readonly string[]): number | null {
  let longest: number | null = null;
  parts.forEach((part, i) => {
    if ('text' in part || !SHORTENABLE.includes(part.token) || done.includes(part.source)) return;
    const length = countCharacters(filled[i] as string);
    if (length > 1 && (longest === null || length > countCharacters(filled[longest] as string))) longest = i;
  });
  return longest;
}
