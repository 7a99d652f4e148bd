import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseCsv } from '#shared/sheets/parse-csv.ts';
import { parseXlsx } from '#shared/sheets/parse-xlsx.ts';

export interface BriefFile {
  fileName: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
}
export interface Brief {
  name: string;
  rows: string[][];
  files: BriefFile[];
}

const TYPES: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
};

/** A spreadsheet (CSV or XLSX) and the media of a folder, subfolders included; other files are left alone. */
export async function readBrief(sheet: string, mediaFolder: string): Promise<Brief> {
  const bytes = fs.readFileSync(sheet);
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const rows = isZip ? await parseXlsx(new Uint8Array(bytes).buffer) : parseCsv(new Uint8Array(bytes));
  const names = fs.readdirSync(mediaFolder, { recursive: true, encoding: 'utf8' }).toSorted();
  const files = names.flatMap((fileName): BriefFile[] => {
    const contentType = TYPES[path.extname(fileName).toLowerCase()];
    if (contentType === undefined) return [];
    const content = new Uint8Array(fs.readFileSync(path.join(mediaFolder, fileName)));
    return [{ fileName, contentType, bytes: content, sha256: createHash('sha256').update(content).digest('hex') }];
  });
  return { name: path.basename(sheet, path.extname(sheet)), rows, files };
}
