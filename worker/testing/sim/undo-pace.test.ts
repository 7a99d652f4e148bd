import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { noFaults, type FaultPlan } from '../../../sandbox/index.ts';
import { activateLaunch } from '../../domains/launches/activate-launch.ts';
import { approveLaunch } from '../../domains/launches/approve-launch.ts';
import { createLaunch } from '../../domains/launches/create-launch.ts';
import { runLaunchJob } from '../../domains/launches/jobs/run-launch.ts';
import { undoLaunch } from '../../domains/launches/undo-launch.ts';
import { createContext } from '../../kernel/context.ts';
import type { JobMessage } from '../../kernel/define-job.ts';
import { createWorld, type SimWorld } from './sim-world.ts';
import { Died, mortal } from './mortal.ts';
import { countCrypto } from './simulate.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';
import { guideWeather } from './weather.ts';

// How long an undo takes (bar L11) is read from the simulated clock: a call takes as long as the weather says, the pacer lets it out as it
// would in production, and what the machine under the test does in the meantime does not count.

const START = Date.parse('2026-11-21T08:00:00Z');
const HOURS = 12 * 3_600_000;
const AD_SETS = 5;
const CONCEPTS = 20;
const admin = new pg.Client({ connectionString: inject('postgresUrl') });
let isOpen = false;
let close: (() => Promise<void>)[] = [];
// The engine's own log lines are no part of what is told here.
beforeEach(() => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await admin.end();
});
afterEach(async () => {
  for (const work of close.toReversed()) await work();
  close = [];
});

async function emptyDatabase(): Promise<string> {
  if (!isOpen) await admin.connect();
  isOpen = true;
  const name = `undo_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${name} template tmpl`);
  close.push(async () => void (await admin.query(`drop database ${name} with (force)`)));
  return name;
}

interface Measured {
  seconds: number;
  calls: number;
  throttled: number;
  deaths: number;
  left: number;
  spending: number;
}

/** A launch of a hundred ads that is on, then its undo in this weather. @param death share of waiting points at which a worker dies */
async function measure(weather: FaultPlan, death: number): Promise<Measured> {
  const name = await emptyDatabase();
  const clock = createVirtualClock(START);
  const restore = countCrypto(clock.real);
  let world: SimWorld | null = null;
  let [deaths, isDeadly] = [0, false];
  const deliver = (message: JobMessage): void => {
    if (!world || message.job !== runLaunchJob.name) return;
    const { ports, roll } = world;
    const worker = mortal(ports, { strikes: () => isDeadly && roll() < death });
    const ctx = createContext(worker.ports, message.organizationId, { kind: 'job', job: message.job });
    Promise.race([runLaunchJob.run(ctx, runLaunchJob.input.parse(message.input)), worker.death]).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
      deaths += 1;
      void clock.timer(5_000, () => deliver(message));
    });
  };
  world = await createWorld({
    clock,
    databaseUrl: (user) => `postgres://${user}:${user}@127.0.0.1:${inject('postgresPort')}/${name}`,
    seed: 11,
    platforms: ['meta'],
    accounts: 1,
    ads: AD_SETS * CONCEPTS,
    faults: noFaults(),
    queue: { duplicate: 0.1, lost: 0, delayMs: 2_000 },
    mutant: null,
    deliver,
  });
  const { accounts, db } = world;
  try {
    const [account] = accounts;
    if (!account) throw new Error('the world has no account');
    const ctx = world.context(account.organizationId);
    const launch = await meanwhile(clock, createLaunch(ctx, { plan: account.plan as unknown as Record<string, unknown> }));
    await meanwhile(clock, approveLaunch(ctx, { id: launch.id, planHash: launch.planHash, capMinor: launch.capMinor }));
    const rests = async (states: readonly string[]): Promise<number> => {
      let restedAt = 0;
      const look = async (): Promise<void> => {
        const { rows } = await clock.real(db.query<{ state: string }>('select state from launches where id = $1', [launch.id]));
        if (states.includes(rows[0]?.state ?? '')) restedAt = clock.now();
        else clock.timer(500, () => void look());
      };
      clock.timer(0, () => void look());
      await clock.run(() => restedAt > 0, START + HOURS);
      return restedAt;
    };
    await rests(['verified']);
    await meanwhile(clock, activateLaunch(ctx, { id: launch.id }));
    await rests(['active']);
    const callsBefore = [...account.log.counts.values()].reduce((sum, n) => sum + n, 0);
    account.setFaults(weather);
    isDeadly = true;
    const began = clock.now();
    await meanwhile(clock, undoLaunch(ctx, { id: launch.id }));
    const seconds = Math.round((await rests(['undone', 'partly_undone'])) - began) / 1000;
    const { rows } = await clock.real(
      db.query<{ external_id: string }>(`select external_id from launch_items where launch_id = $1 and kind <> 'media'`, [launch.id]),
    );
    const ours = new Set(rows.map((row) => row.external_id));
    const objects = account.objects().filter((one) => ours.has(one.id));
    return {
      seconds,
      calls: [...account.log.counts.values()].reduce((sum, n) => sum + n, 0) - callsBefore,
      throttled: [...account.log.faults].reduce((sum, [fault, n]) => sum + (fault.includes('throttle') ? n : 0), 0),
      deaths,
      left: objects.filter((one) => !one.isDeleted && one.status !== 'ARCHIVED').length,
      spending: objects.filter((one) => one.canSpend).length,
    };
  } finally {
    restore();
    await world.close();
  }
}

/** A verb that may call the platform: time passes until it is done. */
async function meanwhile<T>(clock: VirtualClock, verb: Promise<T>): Promise<T> {
  let isDone = false;
  void verb.catch(() => undefined).then(() => (isDone = true));
  await clock.run(() => isDone, START + HOURS);
  return verb;
}

test('L11: a launch of 100 ads is undone within two minutes on the full tier', async () => {
  const told = await measure({ ...noFaults(11), latencyMs: [400, 1_200] }, 0);
  process.stdout.write(`undo of 100 ads, clear weather: ${JSON.stringify(told)}\n`);
  expect(told).toMatchObject({ left: 0, spending: 0, throttled: 0 });
  expect(told.seconds).toBeLessThanOrEqual(120);
}, 240_000);

test('in the weather of the guide, with dying workers, nothing of it is left either', async () => {
  const told = await measure(guideWeather(11, false), 0.01);
  process.stdout.write(`undo of 100 ads, bad weather: ${JSON.stringify(told)}\n`);
  expect(told).toMatchObject({ left: 0, spending: 0 });
  expect(told.deaths).toBeGreaterThan(0);
}, 240_000);
