import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { endLeftovers } from './end-leftovers.ts';
import { forgetStack } from './forget-stack.ts';
import { freePort } from './free-port.ts';
import { HeldError, holderOf, holdFolder, noteOf } from './hold-folder.ts';
import { startPostgres } from './postgres.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const base = fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-hold-'));
const children: ChildProcess[] = [];
const folder = (name: string): string => {
  fs.mkdirSync(path.join(base, name), { recursive: true });
  return path.join(base, name);
};
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  fs.rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Another process, alive until it is ended. */
function somebody(code = 'setInterval(() => {}, 1000)', args: string[] = []): ChildProcess & { pid: number } {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code, ...args], { cwd: ROOT, stdio: 'pipe' });
  children.push(child);
  return child as ChildProcess & { pid: number };
}

async function run(script: string, args: string[]): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ['local/start.mjs', script, ...args], { cwd: ROOT, stdio: 'pipe' });
  children.push(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (printed += part.toString()));
  await once(child, 'close');
  return { code: child.exitCode, printed };
}

test('a folder has one holder, and only the holder lets go of it', async () => {
  const dir = folder('one');
  const file = path.join(dir, 'running.pid');
  const other = somebody();
  fs.writeFileSync(file, noteOf(other.pid));
  expect(() => holdFolder(dir)).toThrow(HeldError);
  expect(holderOf(file)?.pid).toBe(other.pid);

  other.kill('SIGKILL');
  await once(other, 'close');
  const letGo = holdFolder(dir);
  expect(() => holdFolder(dir)).toThrow(HeldError);
  const next = somebody();
  fs.writeFileSync(file, noteOf(next.pid));
  letGo();
  expect(holderOf(file)?.pid).toBe(next.pid);
});

test('a later process with the number of a dead holder is not taken for it', () => {
  const dir = folder('number');
  fs.writeFileSync(path.join(dir, 'running.pid'), JSON.stringify({ pid: process.pid, born: 'another time' }));
  holdFolder(dir)();
});

test('a second start touches nothing of a stack that runs: no build, no database, no note', async () => {
  const dir = folder('second');
  const other = somebody();
  const note = noteOf(other.pid, { worker: 1, sandbox: 2, https: 3, postgres: 4 });
  fs.writeFileSync(path.join(dir, 'running.pid'), note);
  const { code, printed } = await run('local/main.ts', ['--dir', dir, '--port', String(await freePort())]);
  expect(printed).toContain(`Inlay already runs here (process ${other.pid})`);
  expect(code).toBe(1);
  expect(fs.readdirSync(dir)).toEqual(['running.pid']);
  expect(fs.readFileSync(path.join(dir, 'running.pid'), 'utf8')).toBe(note);

  await expect(forgetStack(dir)).rejects.toThrow('Stop it first');
  expect(fs.readdirSync(dir)).toEqual(['running.pid']);
}, 120_000);

test('the database of a living process is ended by no start, reset or sweep; the orphan of a killed one is', async () => {
  const dir = folder('database');
  const port = await freePort();
  const dataDir = path.join(dir, 'postgres');
  const owner = somebody(
    `const { startPostgres } = await import('./local/postgres.ts');
     const server = await startPostgres({ dataDir: process.argv[1], port: Number(process.argv[2]), throwaway: true });
     console.log(server.dataDir); setInterval(() => {}, 1000);`,
    [dataDir, String(port)],
  );
  await once(owner.stdout as NodeJS.ReadableStream, 'data');
  const client = new pg.Client({ connectionString: `postgres://postgres:postgres@127.0.0.1:${port}/postgres` });
  client.on('error', () => undefined);
  await client.connect();

  await expect(startPostgres({ dataDir, port: await freePort(), throwaway: true })).rejects.toThrow(HeldError);
  await expect(endLeftovers(dir)).rejects.toThrow(HeldError);
  await expect(forgetStack(dir)).rejects.toThrow('already runs here');
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await client.end();

  owner.kill('SIGKILL');
  await once(owner, 'close');
  const server = await startPostgres({ dataDir, port, throwaway: true });
  expect(server.fresh).toBe(false);
  await server.stop();
  await forgetStack(dir);
  expect(fs.existsSync(dir)).toBe(false);
}, 120_000);
