import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isErrorReason } from './proto-schema.ts';

const FOLDER = new URL('./', import.meta.url);

test('every refusal written here is one that the platform publishes', () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const pairs = files.flatMap((name) => {
    const source = readFileSync(new URL(name, FOLDER), 'utf8');
    return [
      ...[...source.matchAll(/'(\w+Error)',\s*'([A-Z][A-Z_0-9]+)'/g)].map((found) => `${found[1]} ${found[2]}`),
      ...[...source.matchAll(/(?:queryError|changeError)\(\s*'([A-Z_]+)'/g)].map(
        (found) => `${source.includes('changeError(') ? 'changeEventError' : 'queryError'} ${found[1]}`,
      ),
    ];
  });
  expect(pairs.length).toBeGreaterThan(120);
  expect(pairs.filter((pair) => !isErrorReason(...(pair.split(' ') as [string, string])))).toEqual([]);
});
