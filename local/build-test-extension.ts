import path from 'node:path';
import { runTool } from './run-tool.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

/** The extension as tests see it: open shadow roots, the CRM's host allowed, talking to the given API. Built into a folder of its own. */
export async function buildTestExtension(apiOrigin: string, folder: string): Promise<string> {
  const out = path.resolve(ROOT, folder);
  await runTool(
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'extension/vite.config.ts', '--mode', 'test', '--logLevel', 'error'],
    'The extension does not build',
    { NODE_ENV: 'production', INLAY_API_ORIGIN: apiOrigin, INLAY_EXTENSION_OUT: out },
  );
  return out;
}
