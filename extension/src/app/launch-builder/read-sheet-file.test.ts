import { expect, test } from 'vitest';
import { SheetFileError } from '#shared/sheets/parse-csv.ts';
import { readSheetFile } from './read-sheet-file.ts';

const file = (bytes: number[] | string, name = 'brief.csv') => new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name);
const codeOf = async (one: File) => {
  const cause: unknown = await readSheetFile(one).then(
    () => null,
    (error: unknown) => error,
  );
  return cause instanceof SheetFileError ? cause.code : cause;
};

test('the plain CSV of Excel on Windows is read, and it is said that its letters were guessed', async () => {
  const plain = [...'a;caf'].map((letter) => letter.charCodeAt(0));
  expect(await readSheetFile(file([...plain, 0xe9, 0x0d, 0x0a, 0xfc]))).toEqual({
    fileName: 'brief.csv',
    rows: [['a', 'café'], ['ü']],
    encodingGuessed: true,
  });
  expect(await readSheetFile(file('a;café'))).toEqual({ fileName: 'brief.csv', rows: [['a', 'café']] });
});

test('text of Excel in UTF-16 is read', async () => {
  expect((await readSheetFile(file([0xff, 0xfe, 0x61, 0, 0x09, 0, 0x28, 0x06]))).rows).toEqual([['a', 'ب']]);
});

test('a PDF, an old workbook and a picture are no tables', async () => {
  expect(await codeOf(file('%PDF-1.7\n1 0 obj', 'brief.pdf'))).toBe('NOT_A_TABLE');
  expect(await codeOf(file([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], 'brief.xls'))).toBe('NOT_A_TABLE');
  expect(await codeOf(file([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'a.csv'))).toBe('NOT_A_TABLE');
  expect(await codeOf(file('a,b\n1,"2\n'))).toBe('BROKEN_QUOTES');
  expect(await codeOf(file('PKnot a zip', 'brief.xlsx'))).toBe('NOT_XLSX');
});
