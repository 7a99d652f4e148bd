import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** What is built, from which folders, by which command. `out` must exist afterwards. */
const PARTS = {
  extension: {
    from: ['extension', 'shared'],
    out: 'dist/extension/manifest.json',
    args: ['node_modules/vite/bin/vite.js', 'build', '--config', 'extension/vite.config.ts', '--logLevel', 'error'],
  },
  web: {
    from: ['extension', 'shared'],
    out: 'dist/web/index.html',
    args: ['node_modules/vite/bin/vite.js', 'build', '--config', 'extension/vite.web.config.ts', '--logLevel', 'error'],
  },
  widget: { from: ['widget', 'shared'], out: 'dist/widget/inlay.js', args: ['--import', 'tsx', 'widget/build.ts'] },
} as const;
export type Part = keyof typeof PARTS;

/** Builds a part unless its sources and environment are those of the last build. Returns whether it was built. */
export async function buildClient(part: Part, env: Record<string, string> = {}): Promise<boolean> {
  const { from, out, args } = PARTS[part];
  const stamp = path.join(ROOT, 'dist', `.${part}.stamp`);
  const wanted = fingerprint(from, JSON.stringify(env));
  if (fs.existsSync(path.join(ROOT, out)) && fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return false;
  const printed = await runTool(args, `The ${part} does not build`, env);
  if (!fs.existsSync(path.join(ROOT, out))) throw new Error(`The build of the ${part} made no ${out}:\n${printed}`);
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, wanted);
  return true;
}

function fingerprint(folders: readonly string[], extra: string): string {
  const hash = createHash('sha256')
    .update(extra)
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')));
  const walk = (dir: string): void => {
    for (const entry of fs.readdirSync(dir, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const at = path.join(dir, entry.name);
      if (entry.isDirectory()) walk(at);
      else if (!/\.test\.tsx?$/.test(entry.name)) hash.update(at).update(fs.readFileSync(at));
    }
  };
  for (const folder of folders) walk(path.join(ROOT, folder));
  return hash.digest('hex');
}
