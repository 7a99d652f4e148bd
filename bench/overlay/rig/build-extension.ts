import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The extension as tests see it, talking to the given API. @returns the unpacked folder */
export async function buildExtension(apiOrigin: string, mode: 'test' | 'production' = 'test'): Promise<string> {
  const folder = `${ROOT}.local/overlay-${mode}-${process.pid}`;
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--config', 'extension/vite.config.ts', '--mode', mode, '--logLevel', 'error'],
    {
      cwd: ROOT,
      env: { ...process.env, INLAY_API_ORIGIN: apiOrigin, INLAY_EXTENSION_OUT: folder, NODE_ENV: 'production' },
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
  if (code !== 0) throw new Error(`The extension does not build:\n${said}`);
  return folder;
}
