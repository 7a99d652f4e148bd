import './quiet-wrangler.ts';
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
/** Drizzle's spelling and SQL's of "of this organization". */
const FILTERS = [
  /\beq\(\s*\w+\.(?:organizationId|id),\s*(?:\w+\.)*organizationId\s*,?\s*\)/g,
  /\b(?:\w+\.)?organization_id = \$\{(?:\w+\.)*organizationId\}/g,
];
const WITHOUT = ['undefined', 'true'];
/** Whether a person belongs where they want to go is the question itself here, no filter of what is seen. */
const KEPT = [path.join('organizations', 'enter-organization.ts')];

/**
 * The Worker with the application's own filter by organization cut out of every verb: what then still holds is the database's wall. A
 * condition between two tables stays, it filters nobody.
 * @returns where the bundle lies and how many filters were cut out
 */
export async function bundleWithoutFilter(outDir: string): Promise<{ dir: string; filtersRemoved: number }> {
  const copy = path.resolve(ROOT, `.local/no-filter-${process.pid}`);
  fs.rmSync(copy, { recursive: true, force: true });
  fs.mkdirSync(path.join(copy, 'dist/web'), { recursive: true });
  for (const folder of ['worker', 'shared', 'drizzle']) fs.cpSync(path.join(ROOT, folder), path.join(copy, folder), { recursive: true });
  for (const file of ['wrangler.toml', 'package.json', 'tsconfig.json', 'tsconfig.base.json'])
    fs.cpSync(path.join(ROOT, file), path.join(copy, file));
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  let filtersRemoved = 0;
  for (const file of fs.readdirSync(path.join(copy, 'worker/domains'), { recursive: true, encoding: 'utf8' })) {
    const name = path.join(copy, 'worker/domains', file);
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || KEPT.includes(file)) continue;
    let text = fs.readFileSync(name, 'utf8');
    for (const [i, filter] of FILTERS.entries())
      text = text.replaceAll(filter, (found) => {
        if (/,\s*(?!ctx\b|run\b|tx\b|organizationId)\w+\.organizationId/.test(found)) return found;
        filtersRemoved++;
        return WITHOUT[i] as string;
      });
    fs.writeFileSync(name, text);
  }
  const dir = path.resolve(ROOT, outDir);
  try {
    await runTool(
      ['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--config', path.join(copy, 'wrangler.toml'), '--outdir', dir],
      'The Worker without its filter does not bundle',
    );
  } finally {
    fs.rmSync(copy, { recursive: true, force: true });
  }
  return { dir, filtersRemoved };
}
