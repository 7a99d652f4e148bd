import Papa from 'papaparse';

/** Why a file could not be read as a table at all. */
export type SheetFileErrorCode = 'NOT_UTF8' | 'BROKEN_QUOTES' | 'NOT_XLSX' | 'NOT_A_TABLE';

export class SheetFileError extends Error {
  readonly code: SheetFileErrorCode;
  /** Row in the file, from 1, when known. */
  readonly row: number | null;
  constructor(code: SheetFileErrorCode, message: string, row: number | null = null) {
    super(message);
    this.name = 'SheetFileError';
    this.code = code;
    this.row = row;
  }
}

/**
 * CSV bytes or text to rows of text, header included. Comma, semicolon, tab and pipe are recognised; a byte order mark is dropped.
 * @throws SheetFileError NOT_UTF8, BROKEN_QUOTES
 */
export function parseCsv(file: string | Uint8Array): string[][] {
  const text = typeof file === 'string' ? file : decode(file);
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: false, delimiter: delimiterOf(text) });
  const broken = errors.find((error) => error.type === 'Quotes');
  if (broken !== undefined) throw new SheetFileError('BROKEN_QUOTES', 'A quotation mark is opened and not closed.', (broken.row ?? 0) + 1);
  // A line end at the end of the file is not a row.
  while (data.length > 0 && (data.at(-1) as string[]).every((cell) => cell === '')) data.pop();
  return data.map((row) => row.map((cell) => cell.replace(ESCAPED_FORMULA, '')));
}

/** The mark that writeCsv (and spreadsheet programs) put before text that looks like a formula. */
const ESCAPED_FORMULA = /^'(?=[=+\-@\t\r])/;

/** Rows to CSV text; cells that a spreadsheet program would run as a formula are written as text. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return Papa.unparse(
    rows.map((row) => [...row]),
    { newline: '\r\n', escapeFormulae: true },
  );
}

/** The separator that splits the header most. Guessing over all rows fails on texts full of commas. */
function delimiterOf(text: string): string {
  const header = /^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = [',', ';', '\t', '|'].map((mark) => ({ mark, count: header.split(mark).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).mark;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new SheetFileError('NOT_UTF8', 'The file is not UTF-8 text. Save it as "CSV UTF-8".');
  }
}
