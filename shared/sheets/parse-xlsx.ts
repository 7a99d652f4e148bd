import { readSheet } from 'read-excel-file/universal';
import { SheetFileError } from './parse-csv.ts';

/**
 * First sheet of an XLSX file to rows of text, header included: the same rows a CSV export would give.
 * @throws SheetFileError NOT_XLSX
 */
export async function parseXlsx(file: ArrayBuffer | Blob): Promise<string[][]> {
  let rows: readonly (readonly unknown[])[];
  try {
    rows = await readSheet(file);
  } catch {
    throw new SheetFileError('NOT_XLSX', 'The file cannot be read as an Excel workbook. Save it as .xlsx or CSV.');
  }
  return rows.map((row) => row.map(cellText));
}

/** Spreadsheet programs store 20.1 as the nearest double; twelve digits give back what was typed. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return String(Number(cell.toPrecision(12)));
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}
