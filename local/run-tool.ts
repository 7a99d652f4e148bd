import { spawn } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');

/**
 * Runs a tool of the project with this Node, from the root of the checkout. `env` goes on top of our own environment.
 * @returns everything it printed
 * @throws with `failure` and everything it printed when it ends with anything but 0
 */
export async function runTool(args: readonly string[], failure: string, env: Record<string, string> = {}): Promise<string> {
  const child = spawn(process.execPath, [...args], { cwd: ROOT, env: { ...process.env, ...env } });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  // "close" and not "exit": the last lines may still be on their way when the process is gone.
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (code !== 0) throw new Error(`${failure}:\n${printed}`);
  return printed;
}
