import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { may, PERMISSIONS, ROLE_PERMISSIONS, ROLES, type Standing } from '#shared/rules/permissions.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = path.join(ROOT, 'docs/security.md');
const STANDINGS: Standing[] = [...ROLES, 'support'];
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

test('the matrix on the page is the one in the code', () => {
  const table = [
    `| permission | ${STANDINGS.join(' | ')} |`,
    `|---|${STANDINGS.map(() => '---|').join('')}`,
    ...PERMISSIONS.map(
      (permission) =>
        `| \`${permission}\` | ${STANDINGS.map((held) => (may(ROLE_PERMISSIONS[held], permission) ? 'yes' : '')).join(' | ')} |`,
    ),
  ].join('\n');
  if (process.env['UPDATE'] === '1')
    fs.writeFileSync(
      PAGE,
      read('docs/security.md').replace(between('matrix'), () => `<!-- matrix -->\n\n${table}\n\n<!-- /matrix -->`),
    );
  expect(part('matrix')).toBe(table);
});

test('every test, row and mutant that the page names exists', () => {
  const rows = readRows();
  const mutants = namesIn('local/mutants.ts', /^ {2}'([\w-]+)': \{$/gm);
  const trustRows = fs
    .readdirSync(path.join(ROOT, 'local/trust'))
    .flatMap((file) => namesIn(`local/trust/${file}`, /^ {2}row: '(\w+)',$/gm));
  expect(rows.length).toBeGreaterThanOrEqual(40);
  const missing = rows.flatMap(({ threat, witnesses }) =>
    witnesses.filter((named) => !exists(named, trustRows, mutants)).map((named) => `${threat}: ${named}`),
  );
  expect(missing).toEqual([]);
});

test('every threat names its guard and what would notice', () => {
  expect(readRows().filter(({ guard, witnesses }) => guard === '' || witnesses.length === 0)).toEqual([]);
});

test('a name that is none is noticed', () => {
  const here = 'local/docs-security.test.ts';
  expect(exists(`\`${here}\`: a name that is none is noticed`, [], [])).toBe(true);
  for (const named of [
    `\`${here}\`: a name that is`,
    '`local/no-such.test.ts`: a name that is none is noticed',
    '`check:trust C5`',
    '`test:mutants no-rls`',
    'a test somewhere',
  ])
    expect(exists(named, ['C4'], ['no-window']), named).toBe(false);
});

function between(name: string): RegExp {
  return new RegExp(`<!-- ${name} -->([\\s\\S]*)<!-- /${name} -->`);
}
function part(name: string): string {
  return (between(name).exec(read('docs/security.md'))?.[1] ?? '').trim();
}

/** The threats; a line in bold is a heading. */
function readRows(): { threat: string; guard: string; witnesses: string[] }[] {
  return part('threats')
    .split('\n')
    .slice(2)
    .flatMap((line) => {
      const [, threat = '', guard = '', named = ''] = line.split('|').map((cell) => cell.trim());
      return threat.startsWith('**') ? [] : [{ threat, guard, witnesses: named.split('<br>').filter(Boolean) }];
    });
}

/** `file.test.ts`: title, `check:trust ROW` or `test:mutants name`. */
function exists(named: string, trustRows: string[], mutants: string[]): boolean {
  const [, row] = /^`check:trust (\w+)`$/.exec(named) ?? [];
  if (row !== undefined) return trustRows.includes(row);
  const [, mutant] = /^`test:mutants ([\w-]+)`$/.exec(named) ?? [];
  if (mutant !== undefined) return mutants.includes(mutant);
  const [, file, title] = /^`([\w./-]+\.test\.ts)`: (.+)$/.exec(named) ?? [];
  return file !== undefined && title !== undefined && fs.existsSync(path.join(ROOT, file)) && titlesOf(file).includes(title);
}

/** Titles of a file's tests as they are written; what a test fills in is "…". */
function titlesOf(file: string): string[] {
  return [...read(file).matchAll(/^\s*test(?:\.each\([\s\S]*?\))?\(\s*(?:(["'])((?:\\.|(?!\1).)*)\1|`([^`]*)`)/gm)].map(
    ([, , quoted, template]) =>
      (quoted ?? template ?? '')
        .replaceAll(/\$\{[^}]*\}/g, '…')
        .replaceAll(/%[sij]/g, '…')
        .replaceAll(/\\(.)/g, '$1'),
  );
}

function namesIn(file: string, pattern: RegExp): string[] {
  return [...read(file).matchAll(pattern)].map(([, name]) => name as string);
}
