import { parseCsv } from '#shared/sheets/parse-csv.ts';
import type { Draft } from './draft.ts';

/** CSV or XLSX to rows of text. The Excel reader is loaded only when somebody brings such a file. @throws SheetFileError */
export async function readSheetFile(file: File): Promise<NonNullable<Draft['sheet']>> {
  const bytes = await file.arrayBuffer();
  const rows = isZip(bytes) ? await (await import('#shared/sheets/parse-xlsx.ts')).parseXlsx(bytes) : parseCsv(new Uint8Array(bytes));
  return { fileName: file.name, rows };
}

/** XLSX is a zip; the bytes say so more surely than the name. */
function isZip(bytes: ArrayBuffer): boolean {
  const [a, b] = new Uint8Array(bytes.slice(0, 2));
  return a === 0x50 && b === 0x4b;
}
