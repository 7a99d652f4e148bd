import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as launches from '#shared/contracts/launches.ts';
import { createApiKey } from '#shared/contracts/machines.ts';
import { connectMeta } from './connect-meta.ts';
import { startWorker, type Member, type TestWorker } from './harness.ts';
import { approve, look } from './launch-kit.ts';
import { picture } from './test-plan.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let w: TestWorker;
let member: Member;
let folder: string;
let key: string;
beforeAll(async () => {
  w = await startWorker();
  member = await w.signUp();
  await connectMeta(w, member);
  folder = await mkdtemp(path.join(tmpdir(), 'inlay-cli-'));
  for (const file of [picture('founder-story', '1x1', 11), picture('unboxing', '1x1', 12)])
    await writeFile(path.join(folder, file.fileName), file.bytes);
  await writeFile(path.join(folder, 'notes.txt'), 'not an ad');
  ({ key } = await member.api.call(createApiKey, {
    body: { name: 'Script', scopes: ['launches:read', 'launches:write', 'insights:read'] },
  }));
});
vi.setConfig({ testTimeout: 120_000 }); // each run is a process of its own
afterAll(async () => {
  await rm(folder, { recursive: true });
  await w.stop();
});

const HEADER = 'campaign,ad_set,concept,headline,primary_text';
const ROWS = ['Spring,Women,founder-story,Find out more,A short text.', 'Spring,Women,unboxing,See inside,Another text.'];
async function sheet(name: string, rows = ROWS): Promise<string> {
  const file = path.join(folder, '..', `${path.basename(folder)}-${name}.csv`);
  await writeFile(file, [HEADER, ...rows].join('\n'));
  return file;
}

interface Ran {
  code: number | null;
  out: string;
  err: string;
  /** The last line, where --json was asked for. */
  said: {
    ok: boolean;
    exitCode: number;
    address: string;
    launch: { id: string; state: string; counts: { ad: number } } | null;
    problems: { code: string; row: number | null; column: string | null; fix: string }[];
    refused: { itemPath: string; kind: string }[];
    isRepeat: boolean;
  };
}
/** As a script runs it: a process of its own, with nothing but its environment. */
function inlay(args: string[], env: Record<string, string> = {}, onOut: (text: string) => void = () => undefined): Promise<Ran> {
  const child = spawn(process.execPath, [path.join(ROOT, 'bin/inlay.mjs'), ...args], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', INLAY_API_ORIGIN: w.origin, INLAY_API_KEY: key, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    onOut(out);
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.once('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? '';
      resolve({ code, out, err, said: (last.startsWith('{') ? JSON.parse(last) : null) as Ran['said'] });
    });
  });
}
const SET = ['--account', 'act_1000000001', '--countries', 'FR', '--link', 'https://example.com/offer'];
const run = async (file: string, ...more: string[]) => inlay(['launch', '--sheet', file, '--media', folder, ...SET, '--json', ...more]);
const stored = async () => Number((await w.db.query('select count(*) from launches')).rows[0]?.count);

test('wrong arguments, a missing key and a key nobody knows end before anything is read', async () => {
  const file = await sheet('any');
  const whole = ['launch', '--sheet', file, '--media', folder];
  const [nothing, half, fame, keyless, nobody, away, twoAccounts] = await Promise.all([
    inlay([]),
    inlay(['launch', '--sheet', 'x.csv']),
    inlay([...whole, '--goal', 'fame']),
    inlay(whole, { INLAY_API_KEY: '' }),
    inlay(whole, { INLAY_API_KEY: 'ink_nobody' }),
    inlay(whole, { INLAY_API_ORIGIN: 'http://127.0.0.1:1' }),
    inlay(whole),
  ]);
  expect(nothing).toMatchObject({ code: 2, out: expect.stringContaining('Usage') });
  expect(half).toMatchObject({ code: 2, err: expect.stringContaining('--media') });
  expect(fame).toMatchObject({ code: 2, err: expect.stringContaining('traffic') });
  expect(keyless).toMatchObject({ code: 2, err: expect.stringContaining('INLAY_API_KEY') });
  expect(nobody).toMatchObject({ code: 6, err: expect.not.stringContaining('ink_nobody') });
  expect(away).toMatchObject({ code: 6, err: expect.stringContaining('did not answer') });
  expect(twoAccounts).toMatchObject({ code: 2, err: expect.stringContaining('1000000002') });
  expect(await stored()).toBe(0);
});

test('mistakes are told with row, column, reason and fix, and nothing is stored', async () => {
  const { code, said, err } = await run(await sheet('wrong', [ROWS[0] as string, 'Spring,Women,nobody-knows,,Text']));
  expect(code).toBe(3);
  expect(said).toMatchObject({ ok: false, exitCode: 3, launch: null });
  expect(said.problems).toContainEqual(
    expect.objectContaining({ code: 'MISSING_MEDIA', row: 3, column: 'media', fix: expect.stringMatching(/\w/) }),
  );
  expect(err).toMatch(/error · row 3, media · MISSING_MEDIA: /);
  expect(await stored()).toBe(0);
});

test('a dry run uploads, stores a draft, has the platform validate it and creates nothing; repeated, it is the same launch', async () => {
  const file = await sheet('spring');
  const first = await run(file, '--dry-run');
  expect([first.code, first.err]).toEqual([0, expect.stringContaining('notes.txt')]);
  expect(first.said).toMatchObject({ ok: true, launch: { state: 'checked', counts: { ad: 2 } }, refused: [] });
  const again = await run(file, '--dry-run');
  expect([again.code, again.said.launch?.id, first.said.isRepeat, again.said.isRepeat]).toEqual([0, first.said.launch?.id, false, true]);
  expect(await stored()).toBe(1);
  expect((await run(file, '--dry-run', '--again', 'twice')).said.launch?.id).not.toBe(first.said.launch?.id);
  expect(w.sandbox.meta.ads.objects('campaign', '1000000001')).toEqual([]);
});

test('it ends with the address where a person approves, and with --wait follows the launch to its rest', async () => {
  const file = await sheet('autumn');
  const ended = await inlay(['launch', '--sheet', file, '--media', folder, ...SET]);
  expect(ended.code).toBe(0);
  expect(ended.out).toMatch(/A person approves it here: https?:\/\/\S+\/launches\/lch_\w+/);
  const id = /lch_\w+/.exec(ended.out)?.[0] ?? '';
  const launch = await member.api.call(launches.getLaunch, { params: { id } });
  expect(launch).toMatchObject({ state: 'checked', approvedAt: null, callsMade: 0 });

  const waiting = run(file, '--wait', '--timeout', '60');
  await approve(member, launch);
  const { code, said, err } = await waiting;
  expect([code, said.launch?.id, said.launch?.state]).toEqual([0, id, 'verified']);
  expect(err).toContain('A person switches it on here');
  expect((await look(member, launch)).activatedAt).toBeNull();
});

test('waiting ends when its time is up, and when the launch was cancelled', async () => {
  const file = await sheet('winter');
  const over = await run(file, '--wait', '--timeout', '3');
  expect(over.code).toBe(7);
  await member.api.call(launches.cancelLaunch, { params: { id: over.said.launch?.id ?? '' } });
  expect((await run(file, '--wait')).code).toBe(5);
});

test('rows the platform refuses are told and end the run', async () => {
  // Less than the platform takes, which only the platform knows.
  const { code, said, err } = await run(await sheet('cheap'), '--budget-level', 'campaign', '--daily-budget', '0.10');
  expect([code, said.ok, said.launch?.state]).toEqual([4, false, 'checked']);
  expect(said.refused).toMatchObject([{ kind: 'campaign', itemPath: 'spring' }]);
  expect(err).toMatch(/refused · campaign spring: /);
});
