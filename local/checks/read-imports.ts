import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['extension', 'widget', 'worker', 'shared', 'drizzle', 'sandbox', 'local', 'e2e', 'bench', 'bin'];
export interface Import {
  from: string;
  to: string;
  line: number;
  typeOnly: boolean;
}

export function sourceFiles(folders = FOLDERS): string[] {
  const found: string[] = [];
  const walk = (dir: string): void => {
    for (const entry of fs.readdirSync(path.join(ROOT, dir), { withFileTypes: true })) {
      const at = `${dir}/${entry.name}`;
      if (entry.isDirectory() && !['dist', 'node_modules', 'hubspot-app', 'shopify-theme-extension'].includes(entry.name)) walk(at);
      else if (entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) found.push(at);
    }
  };
  for (const folder of folders) if (fs.existsSync(path.join(ROOT, folder))) walk(folder);
  return found;
}

/** Static and dynamic imports and re-exports of one file; `to` is a path of the checkout or `npm:<package>`. */
export function readImports(file: string): Import[] {
  const text = fs.readFileSync(path.join(ROOT, file), 'utf8');
  const { module, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const found: Import[] = [];
  const add = (specifier: string, offset: number, typeOnly: boolean) => {
    const to = resolve(file, specifier);
    if (to) found.push({ from: file, to, line: lineAt(offset), typeOnly });
  };
  for (const one of module.staticImports)
    add(one.moduleRequest.value, one.start, one.entries.length > 0 && one.entries.every((e) => e.isType));
  for (const one of module.staticExports) {
    for (const entry of one.entries) if (entry.moduleRequest) add(entry.moduleRequest.value, one.start, entry.isType);
  }
  for (const one of module.dynamicImports) {
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text.slice(one.moduleRequest.start, one.moduleRequest.end));
    if (literal?.[1]) add(literal[1], one.start, false);
  }
  return found;
}

function resolve(file: string, specifier: string): string | null {
  const bare = specifier.replace(/\?.*$/, '');
  if (/^(node|cloudflare|virtual):/.test(bare)) return null;
  if (bare.startsWith('#shared/')) return `shared/${bare.slice(8)}`;
  if (bare.startsWith('#schema/')) return `drizzle/schema/${bare.slice(8)}`;
  if (bare.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(file), bare));
  return `npm:${bare
    .split('/')
    .slice(0, bare.startsWith('@') ? 2 : 1)
    .join('/')}`;
}
