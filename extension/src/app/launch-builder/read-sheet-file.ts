import { parseCsv, SheetFileError } from '#shared/sheets/parse-csv.ts';
import type { Draft } from './draft.ts';

/**
 * CSV or XLSX to rows of text. The Excel reader is loaded only when somebody brings such a file. Text that is not Unicode is read as Excel's
 * own Windows encoding, and `encodingGuessed` says so, because nothing in such a file names its encoding.
 * @throws SheetFileError
 */
export async function readSheetFile(file: File): Promise<NonNullable<Draft['sheet']>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const fileName = file.name;
  if (startsWith(bytes, [0x50, 0x4b])) {
    const { parseXlsx } = await import('#shared/sheets/parse-xlsx.ts');
    return { fileName, rows: await parseXlsx(bytes.buffer) };
  }
  // Excel's "Unicode text" begins with a mark that says so.
  if (startsWith(bytes, [0xff, 0xfe])) return { fileName, rows: parseCsv(new TextDecoder('utf-16le').decode(bytes)) };
  if (!isText(bytes)) throw new SheetFileError('NOT_A_TABLE', 'The file is neither CSV nor XLSX.');
  try {
    return { fileName, rows: parseCsv(bytes) };
  } catch (cause) {
    if (!(cause instanceof SheetFileError) || cause.code !== 'NOT_UTF8') throw cause;
    return { fileName, rows: parseCsv(new TextDecoder('windows-1252').decode(bytes)), encodingGuessed: true };
  }
}

/** The bytes say more surely than the name what a file is: XLSX is a zip, and a PDF may be plain letters. */
function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, i) => bytes[i] === byte);
}

const PDF = [...'%PDF-'].map((letter) => letter.charCodeAt(0));
/** Every picture, movie and old workbook holds a zero byte; no text does. */
function isText(bytes: Uint8Array): boolean {
  return !startsWith(bytes, PDF) && !bytes.includes(0);
}
