import fs from 'node:fs';
import path from 'node:path';
import { IMPORT_RULES } from './import-rules.ts';
import { readImports, ROOT, sourceFiles, type Import } from './read-imports.ts';

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file) || /\/testing\//.test(file);

/** Breaches of the import table, imports that lead nowhere, and cycles among what ships. Tests may look anywhere. */
export function checkImports(): { files: number; problems: string[] } {
  const files = sourceFiles();
  const imports = files.flatMap(readImports);
  const problems: string[] = [];
  for (const one of imports) {
    if (!one.to.startsWith('npm:') && !fs.existsSync(path.join(ROOT, one.to)))
      problems.push(`${one.from}:${one.line} imports ${one.to}, which does not exist`);
    if (!isTest(one.from)) problems.push(...breaches(one));
  }
  problems.push(...cycles(imports.filter((one) => !one.typeOnly && !isTest(one.from))));
  return { files: files.length, problems };
}

function breaches(one: Import): string[] {
  return IMPORT_RULES.flatMap((rule) => {
    const match = rule.from.exec(one.from);
    if (!match || (rule.typesFree && one.typeOnly)) return [];
    const matches = (pattern: string) => new RegExp(pattern.replaceAll('$1', match[1] ?? '')).test(one.to);
    const broken = rule.never?.some(matches) || (rule.only && !rule.only.some(matches));
    return broken ? [`${one.from}:${one.line} imports ${one.to}: ${rule.name}`] : [];
  });
}

function cycles(imports: Import[]): string[] {
  const edges = new Map<string, string[]>();
  for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (file: string, trail: string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') return void found.push(`cycle: ${[...trail.slice(trail.indexOf(file)), file].join(' > ')}`);
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
    state.set(file, 'done');
  };
  for (const file of edges.keys()) visit(file, []);
  return found;
}

if (process.argv[1] === import.meta.filename) {
  const { files, problems } = checkImports();
  for (const problem of problems) console.error(problem);
  console.log(JSON.stringify({ ok: problems.length === 0, files, problems: problems.length }));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
