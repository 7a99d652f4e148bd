import { queryError } from './query-error.ts';

export interface Token {
  kind: 'word' | 'text' | 'number' | 'sign';
  value: string;
}

const SPACE = /\s+/y;
const NUMBER = /-?\d+(\.\d+)?(?![\w.])/y;
const WORD = /[A-Za-z_][\w]*(\.[A-Za-z_][\w]*)*/y;
const SIGN = /!=|<=|>=|[=<>(),]/y;

function readText(query: string, from: number): { value: string; next: number } {
  const quote = query[from];
  let value = '';
  for (let at = from + 1; at < query.length; at += 1) {
    const letter = query[at] ?? '';
    if (letter === quote) return { value, next: at + 1 };
    if (letter === '\n') throw queryError('PROHIBITED_NEWLINE_IN_STRING', 'newlines are not allowed in a string.');
    if (letter === '\\') {
      at += 1;
      const escaped = query[at] ?? '';
      if (!`\\'"%_[]`.includes(escaped)) throw queryError('BAD_ESCAPE_SEQUENCE', `the string has a bad escape sequence \\${escaped}.`);
      // Only LIKE gives these a meaning; there a bracket says "this very letter".
      value += escaped === '%' || escaped === '_' ? `[${escaped}]` : escaped;
      continue;
    }
    value += letter;
  }
  throw queryError('STRING_NOT_TERMINATED', 'string is missing its closing quote.');
}

export function lex(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(query)?.[0];
    if (found === undefined) return null;
    at += found.length;
    return found;
  };
  while (at < query.length) {
    if (take(SPACE) !== null) continue;
    const letter = query[at] ?? '';
    if (letter === "'" || letter === '"') {
      const { value, next } = readText(query, at);
      tokens.push({ kind: 'text', value });
      at = next;
      continue;
    }
    const number = take(NUMBER);
    const word = number === null ? take(WORD) : null;
    const sign = number === null && word === null ? take(SIGN) : null;
    if (number !== null) tokens.push({ kind: 'number', value: number });
    else if (word !== null) tokens.push({ kind: 'word', value: word });
    else if (sign !== null) tokens.push({ kind: 'sign', value: sign });
    else throw queryError('BAD_SYMBOL', `unexpected symbol ${letter}.`, letter);
  }
  return tokens;
}
