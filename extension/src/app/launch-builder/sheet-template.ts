import { templateSheet } from '#shared/rules/sheet/write-sheet.ts';
import { writeCsv } from '#shared/sheets/parse-csv.ts';

/** A spreadsheet to start from: every column we read, and an example. The mark at the start makes spreadsheets read UTF-8. */
export function sheetTemplate(): string {
  return `\uFEFF${writeCsv(templateSheet())}`;
}
