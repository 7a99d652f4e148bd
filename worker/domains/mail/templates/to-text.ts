import { UNKNOWN } from '#shared/messages/format.ts';
import type { MailWords, Words } from './words.ts';

export interface Parts {
  words: Words;
  small: string[];
  link: string | null;
  unsubscribe: string | null;
}

/** The mail as plain text; its link stands on a line of its own. */
export function toText({ words, small, link, unsubscribe }: Parts, common: Pick<MailWords, 'unsubscribe'>): string {
  const facts = shownFacts(words).map(([label, value]) => `${label}: ${value}`);
  return [
    words.greeting,
    ...words.lines,
    ...(facts.length > 0 ? [facts.join('\n')] : []),
    ...(words.code === undefined ? [] : [words.code]),
    ...(link === null || words.button === undefined ? [] : [`${words.button}:\n${link}`]),
    ...words.after,
    '--',
    small.join('\n'),
    ...(unsubscribe === null ? [] : [`${common.unsubscribe}:\n${unsubscribe}`]),
  ].join('\n\n');
}

/** Unknown is "—". */
export const shownFacts = (words: Words): [string, string][] => (words.facts ?? []).map(([label, value]) => [label, value ?? UNKNOWN]);
