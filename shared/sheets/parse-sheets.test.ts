import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseCsv, SheetFileError, writeCsv } from './parse-csv.ts';
import { parseXlsx } from './parse-xlsx.ts';
import { writeXlsx } from './write-xlsx.ts';

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run();
  } catch (error) {
    if (error instanceof SheetFileError) return error.code;
    throw error;
  }
  return 'nothing thrown';
};

test('commas, semicolons, tabs; quotes, line breaks in cells, byte order mark, blank lines kept in place', () => {
  const want = [['ad_set', 'primary_text'], ['Broad', 'One, "two"\nthree'], [''], ['Narrow', 'é']];
  expect(parseCsv('\ufeffad_set,primary_text\r\nBroad,"One, ""two""\nthree"\r\n\r\nNarrow,é\r\n')).toEqual(want);
  expect(parseCsv(new TextEncoder().encode('ad_set;primary_text\nBroad;"One, ""two""\nthree"\n\nNarrow;é\n'))).toEqual(want);
  expect(parseCsv('a\tb\n1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ]);
  expect(parseCsv('')).toEqual([]);
});

test('bytes that are not text and quotes that never close are named', async () => {
  expect(await codeOf(() => parseCsv(Uint8Array.from([0x63, 0x61, 0x66, 0xe9])))).toBe('NOT_UTF8');
  expect(await codeOf(() => parseCsv('a,b\n1,"2\n3,4'))).toBe('BROKEN_QUOTES');
});

test('what is written is read back, and nothing in it runs as a formula', () => {
  const rows = [
    ['a', 'b'],
    ['=1+1', '-5'],
    ['+x', '@y'],
    ['', 'l1\nl2, "q"'],
  ];
  const csv = writeCsv(rows);
  expect(csv).not.toMatch(/(^|,|\n)"?[=+@-]/);
  expect(parseCsv(csv)).toEqual(rows);
});

/** A zip archive with uncompressed entries: all a workbook needs to be one. */
function zip(files: Record<string, string>): ArrayBuffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text, 'utf8');
    const fields = Buffer.alloc(26); // version, flags, method 0, time, date, crc, sizes, name length, no extra field
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), fields, Buffer.from(name), data]);
    const tail = Buffer.alloc(14); // comment length, disk, attributes, offset
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), fields, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...locals, directory, end])).buffer;
}

/** A workbook as spreadsheet programs write it: shared strings, numbers as doubles, a date by style. */
function workbook(sheet: string, strings: string[]): ArrayBuffer {
  const xml = (text: string) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`;
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packageRel = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
  return zip({
    '[Content_Types].xml': xml(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    ),
    '_rels/.rels': xml(
      `<Relationships ${packageRel}><Relationship Id="rId1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(`<workbook ${main} xmlns:r="${rel}"><sheets><sheet name="Plan" sheetId="1" r:id="rId1"/></sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships ${packageRel}><Relationship Id="rId1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': xml(`<styleSheet ${main}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`),
    'xl/sharedStrings.xml': xml(
      `<sst ${main} count="${strings.length}">${strings.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    ),
    'xl/worksheets/sheet1.xml': xml(`<worksheet ${main}><sheetData>${sheet}</sheetData></worksheet>`),
  });
}

test('a workbook gives the rows its CSV export would give', async () => {
  const sheet =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>' +
    '<row r="2"><c r="A2" t="s"><v>3</v></c><c r="B2"><v>20.100000000000001</v></c><c r="C2" s="1"><v>46346</v></c></row>' +
    '<row r="4"><c r="A4" t="s"><v>4</v></c><c r="B4"><v>0.30000000000000004</v></c></row>';
  const rows = await parseXlsx(workbook(sheet, ['Ad set', 'Daily budget', 'Day', 'Broad', 'Été &amp; ventes']));
  expect(rows).toEqual([
    ['Ad set', 'Daily budget', 'Day'],
    ['Broad', '20.1', '2026-11-20'],
    ['', '', ''],
    ['Été & ventes', '0.3', ''],
  ]);
});

test('something else called .xlsx is refused with a way out', async () => {
  expect(await codeOf(() => parseXlsx(new TextEncoder().encode('not a workbook').buffer))).toBe('NOT_XLSX');
});

test('a workbook of ours comes back as it went: no cell is a formula, a number or a date', async () => {
  const rows = [
    ['item_path', 'daily_budget', 'headline'],
    ['c/s/x/1x1', '20.00', '=1+1'],
    ['007', '2026-11-20', 'ligne 1\nligne 2 – عربي <&>"'],
  ];
  expect(await parseXlsx(await writeXlsx(rows))).toEqual(rows);
});
