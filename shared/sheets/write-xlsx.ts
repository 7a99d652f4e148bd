import writeWorkbook from 'write-excel-file/universal';

/** Rows to a workbook of one sheet. Every cell is text: nothing runs as a formula, and "20.00" or "007" come back as they went. */
export async function writeXlsx(rows: readonly (readonly string[])[]): Promise<Blob> {
  return writeWorkbook(
    rows.map((row) => row.map((value) => (value === '' ? null : { value, type: String }))),
    { sheet: 'Inlay' },
  ).toBlob();
}
