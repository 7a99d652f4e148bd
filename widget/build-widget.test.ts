import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWidget, type BuiltWidget } from './build-widget.ts';

let outDir: string;
let built: BuiltWidget;
let code: string;

beforeAll(async () => {
  outDir = await mkdtemp(path.join(tmpdir(), 'inlay-widget-'));
  built = await buildWidget({ outDir, apiOrigin: 'https://api.example.com', openRoots: false });
  code = (await Promise.all((await readdir(outDir)).map((file) => readFile(path.join(outDir, file), 'utf8')))).join('\n');
});
afterAll(() => rm(outDir, { recursive: true, force: true }));

test('an element with its loader stays within 10,000 bytes', () => {
  expect(built.gzipBytes['lead-roas']).toBeLessThanOrEqual(10_000);
  expect(built.gzipBytes['affiliate-stats']).toBeLessThanOrEqual(10_000);
  expect(built.gzipBytes.loader).toBeLessThanOrEqual(2_000);
});

test('the loader names the chunks that lie beside it', async () => {
  expect((await readdir(outDir)).sort()).toEqual(
    [built.chunks['affiliate-stats'], built.chunks['lead-roas'], built.loader, built.clickCarrier].sort(),
  );
  const loader = await readFile(path.join(outDir, built.loader), 'utf8');
  expect(loader).toContain(built.chunks['lead-roas']);
  expect(loader).toContain(built.chunks['affiliate-stats']);
});

test('released roots are closed', () => {
  expect(code).toMatch(/attachShadow\(\{mode:`closed`\}\)/);
});

test('nothing in it needs an exception from a strict policy, speaks to the console, or keeps anything', () => {
  expect(code).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|\beval\(|new Function|setAttribute\(`style|document\.cookie|localStorage|sessionStorage|console\./,
  );
});

test('every colour of the brand was put in', () => {
  expect(code).not.toContain('token(');
  expect(code).toContain('light-dark(');
});
