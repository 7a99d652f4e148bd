import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The extension as tests see it: open shadow roots, the CRM's host allowed, talking to the given API. Built into a folder of its own. */
export async function buildTestExtension(apiOrigin: string, folder: string): Promise<string> {
  const out = path.resolve(ROOT, folder);
  const child = spawn(
    process.execPath,
    [
      path.join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      'extension/vite.config.ts',
      '--mode',
      'test',
      '--logLevel',
      'error',
    ],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production', INLAY_API_ORIGIN: apiOrigin, INLAY_EXTENSION_OUT: out },
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
  });
  if (code !== 0 || !fs.existsSync(path.join(out, 'manifest.json'))) throw new Error(`The extension does not build:\n${said}`);
  return out;
}
