import type { Rows } from '../planner/plan-change.ts';
import { textAt, type Range } from './grid-range.ts';

/** Spreadsheet programs run what begins like this; as in a CSV of ours it gets the mark that says "text". */
const FORMULA = /^[=+\-@]/;
const MARKED_FORMULA = /^'(?=[=+\-@])/;

/** Cells as spreadsheet programs put them on the clipboard: tabs between cells, quotes around what holds a tab, a quote or a line break. */
export function writeClipboard(rows: Rows, { top, bottom, first, last }: Range): string {
  const lines: string[] = [];
  for (let row = top; row <= bottom; row += 1) {
    const texts: string[] = [];
    for (let column = first; column <= last; column += 1) texts.push(quoted(textAt(rows, { row, column })));
    lines.push(texts.join('\t'));
  }
  return lines.map((line) => `${line}\r\n`).join('');
}

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[\t\r\n"]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One cell and what ends it. Sticky: each match begins where the last one ended. */
const QUOTED_CELL = /"((?:[^"]|"")*)"(\t|\r\n|\n|\r|$)/y;
const PLAIN_CELL = /([^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;

/**
 * A copied table as rows of text. A quote opens a quoted cell only where it stands first and is closed before a tab, a line end or the
 * end: a cell that merely begins with a quotation is taken as it stands, as spreadsheet programs write it.
 */
export function readClipboard(text: string): string[][] {
  const rows: string[][] = [[]];
  for (let at = 0; ;) {
    QUOTED_CELL.lastIndex = at;
    PLAIN_CELL.lastIndex = at;
    const isQuoted = QUOTED_CELL.exec(text);
    const [whole = '', value = '', end = ''] = isQuoted ?? PLAIN_CELL.exec(text) ?? [];
    (rows.at(-1) as string[]).push((isQuoted ? value.replaceAll('""', '"') : value).replace(MARKED_FORMULA, ''));
    at += whole.length;
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  // Programs end the last line, too.
  if (rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop();
  return rows;
}
