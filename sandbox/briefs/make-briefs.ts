import fs from 'node:fs';
import path from 'node:path';
import { writeCsv } from '#shared/sheets/parse-csv.ts';
import { briefRows, brokenRows, CONCEPT_COUNT, mediaFileName } from './brief-rows.ts';
import { drawConcept } from './concept-art.ts';
import { writeXlsx } from './write-xlsx.ts';

/** Writes the briefs that lie beside this file: `node --import tsx sandbox/briefs/make-briefs.ts`. The files are committed; run it after a change. */
export function makeBriefs(folder: string): void {
  fs.mkdirSync(path.join(folder, 'media'), { recursive: true });
  fs.writeFileSync(path.join(folder, 'launch.csv'), `${writeCsv(briefRows())}\r\n`);
  fs.writeFileSync(path.join(folder, 'launch.xlsx'), writeXlsx(briefRows()));
  fs.writeFileSync(path.join(folder, 'small.csv'), `${writeCsv(briefRows({ adSets: 2, concepts: 2 }))}\r\n`);
  fs.writeFileSync(path.join(folder, 'broken.csv'), `${writeCsv(brokenRows())}\r\n`);
  for (let concept = 1; concept <= CONCEPT_COUNT; concept++) {
    for (const ratio of ['1x1', '9x16'] as const)
      fs.writeFileSync(path.join(folder, 'media', mediaFileName(concept, ratio)), drawConcept(concept, ratio));
  }
}

if (process.argv[1] === import.meta.filename) makeBriefs(import.meta.dirname);
