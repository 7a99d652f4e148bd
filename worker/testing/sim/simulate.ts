import { sql } from 'drizzle-orm';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { FaultPlan } from '../../../sandbox/core/faults.ts';
import { createContext } from '../../kernel/context.ts';
import type { JobMessage } from '../../kernel/define-job.ts';
import { RunAgainLater } from '../../kernel/define-job.ts';
import { activateLaunch } from '../../domains/launches/activate-launch.ts';
import { approveLaunch } from '../../domains/launches/approve-launch.ts';
import { createLaunch } from '../../domains/launches/create-launch.ts';
import { listAccount } from '../../domains/launches/jobs/list-account.ts';
import { runLaunchJob } from '../../domains/launches/jobs/run-launch.ts';
import { sweepLaunch } from '../../domains/launches/jobs/sweep-launch.ts';
import { countAll, createWatch, type Counts } from './count-all.ts';
import type { QueueFaults } from './faulty-queue.ts';
import { Died, mortal } from './mortal.ts';
import { createWorld, type SeatedAccount, type SimWorld, type WorldOptions } from './sim-world.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

export interface SimOptions {
  databaseUrl: WorldOptions['databaseUrl'];
  seed: number;
  platforms: readonly AdPlatformId[];
  /** Of each platform; a launch each. */
  accounts: number;
  /** Ads of each launch; a function for accounts that differ. */
  ads: number | ((n: number) => number);
  mutant?: string | null;
  faults: FaultPlan;
  queue?: QueueFaults;
  /** Whether a worker of this account dies at this waiting point. */
  strikes?: (account: number, where: string, roll: () => number) => boolean;
  /** How long a worker stands still behind a waiting point, milliseconds. */
  stalls?: (account: number, where: string, roll: () => number) => number;
  /** What else happens, once every launch is approved. */
  events?: (live: Live) => void;
  /** False = it ends when every launch rests. */
  isSwitchedOn?: boolean;
  /** Time after the last launch is on: for what is made late, and the looks that find it. */
  minutesAfter?: number;
  say?: (line: string) => void;
}
export interface Live {
  clock: VirtualClock;
  world: SimWorld;
  /** Launch by account. */
  ids: ReadonlyMap<SeatedAccount, string>;
}
export interface SimResult extends Counts {
  deaths: number;
  /** From a death to the next piece of work on the same launch, the longest. */
  resumeSeconds: number;
  /** The waiting points one launch passed, the most. */
  waitingPoints: number;
  /** The most workers that were on one launch at once. */
  workersAtOnce: number;
  /** Minutes until each launch first rested, and how, in the order of the accounts. */
  rested: { platform: AdPlatformId; ads: number; state: string; minutes: number }[];
  simulatedMinutes: number;
}

const START = Date.parse('2026-11-21T08:00:00Z');
const MINUTE = 60_000;
const LONGEST = 24 * 60 * MINUTE;
const RESTING = new Set(['verified', 'needs_attention', 'active', 'cancelled']);
const JOBS = new Map([runLaunchJob, sweepLaunch, listAccount].map((job) => [job.name, job as typeof runLaunchJob]));
/** Every queue does these things at times; ours more often than any. */
const BAD_QUEUE: QueueFaults = { duplicate: 0.1, lost: 0.03, delayMs: 2_000 };

/** The real engine from approval to "on" on the simulated clock, in the given weather; what came of it is counted at the platforms. */
export async function simulate(options: SimOptions): Promise<SimResult> {
  const clock = createVirtualClock(START);
  const restoreCrypto = countCrypto(clock.real);
  const passed = new Map<number, number>();
  const died = new Map<string, number>();
  const alive = new Map<string, number>();
  let [deaths, resumeMs, workersAtOnce] = [0, 0, 0];
  let world: SimWorld | null = null;

  const deliver = (message: JobMessage, attempt = 1): void => {
    const job = JOBS.get(message.job);
    if (!job || !world) return;
    const { roll, ports, calls } = world;
    const who = JSON.stringify(message.input);
    const account = Number(message.organizationId.slice(4));
    const since = died.get(who);
    if (since !== undefined) {
      resumeMs = Math.max(resumeMs, clock.now() - since);
      died.delete(who);
    }
    const isRun = message.job === runLaunchJob.name;
    const worker = mortal(ports, {
      strikes: (where) => {
        if (isRun) passed.set(account, (passed.get(account) ?? 0) + 1);
        return options.strikes?.(account, where, roll) ?? false;
      },
      stalls: (where) => options.stalls?.(account, where, roll) ?? 0,
    });
    const ctx = createContext(worker.ports, message.organizationId, { kind: 'job', job: message.job });
    const work = () => job.run(ctx, job.input.parse(message.input));
    if (isRun) {
      alive.set(who, (alive.get(who) ?? 0) + 1);
      workersAtOnce = Math.max(workersAtOnce, alive.get(who) ?? 0);
    }
    Promise.race([isRun ? work() : calls.after(work), worker.death])
      .finally(() => isRun && alive.set(who, (alive.get(who) ?? 1) - 1))
      .catch((error: unknown) => {
        const again = (seconds: number) => void clock.timer(seconds * 1000, () => deliver(message, attempt + 1));
        if (error instanceof Died) {
          deaths += 1;
          if (isRun) died.set(who, clock.now());
          // The message of a dead worker comes again or is lost; then the minute's sweep comes back.
          if (roll() < 0.5) again(5 + roll() * 30);
        } else if (error instanceof RunAgainLater) again(error.seconds);
        else if (attempt < 20) again(Math.min(60, 2 ** attempt));
        else throw error;
      });
  };

  world = await createWorld({
    ...options,
    mutant: options.mutant ?? null,
    clock,
    queue: options.queue ?? BAD_QUEUE,
    deliver,
  });
  const { accounts, db } = world;
  const watch = createWatch(accounts, () => clock.now());
  /** A verb that may call the platform: time passes until it is done. */
  const meanwhile = async <T>(verb: Promise<T>): Promise<T> => {
    let isDone = false;
    void verb.catch(() => undefined).then(() => (isDone = true));
    await clock.run(() => isDone, START + LONGEST);
    return verb;
  };
  try {
    const ids = new Map<SeatedAccount, string>();
    for (const account of accounts) {
      const ctx = world.context(account.organizationId);
      const launch = await meanwhile(createLaunch(ctx, { plan: account.plan as unknown as Record<string, unknown> }));
      await meanwhile(approveLaunch(ctx, { id: launch.id, planHash: launch.planHash, capMinor: launch.capMinor }));
      ids.set(account, launch.id);
    }
    const began = clock.now();
    const minute = async (): Promise<void> => {
      watch.look();
      await due(world as SimWorld, deliver, clock.now());
      clock.timer(MINUTE, () => void minute());
    };
    clock.timer(MINUTE, () => void minute());
    options.events?.({ clock, world, ids });

    const states = new Map<string, string>();
    const restedAt = new Map<string, { at: number; state: string }>();
    const refresh = async (): Promise<void> => {
      const { rows } = await clock.real(
        db.query<{ id: string; state: string; rested_at: Date | null }>('select id, state, rested_at from launches'),
      );
      for (const { id, state, rested_at: at } of rows) {
        states.set(id, state);
        // Another worker has brought it to its end: nothing of it waits for a resume.
        if (RESTING.has(state)) died.delete(JSON.stringify({ launchId: id }));
        if (RESTING.has(state) && !restedAt.has(id)) restedAt.set(id, { at: at?.getTime() ?? clock.now(), state });
      }
      if ([...states.values()].some((state) => !RESTING.has(state))) clock.timer(5_000, () => void refresh());
    };
    const settle = async (say: string): Promise<void> => {
      states.clear();
      for (const id of ids.values()) states.set(id, 'running');
      clock.timer(0, () => void refresh());
      await clock.run(() => [...states.values()].every((state) => RESTING.has(state)), START + LONGEST);
      options.say?.(`${say} after ${((clock.now() - began) / MINUTE).toFixed(1)} simulated minutes: ${tally(states)}`);
    };
    await settle('created and verified');
    if (options.isSwitchedOn !== false) {
      for (const [account, id] of ids)
        if (states.get(id) === 'verified') await meanwhile(activateLaunch(world.context(account.organizationId), { id }));
      await settle('switched on');
    }
    let isOver = false;
    clock.timer((options.minutesAfter ?? 0) * MINUTE, () => (isOver = true));
    await clock.run(() => isOver, START + LONGEST);
    watch.look();
    return {
      ...(await countAll(world, ids)),
      ...watch.seen(),
      deaths,
      resumeSeconds: Math.round(resumeMs / 1000),
      waitingPoints: Math.max(0, ...passed.values()),
      workersAtOnce,
      rested: [...ids].map(([{ platform, ads }, id]) => {
        const { at, state } = restedAt.get(id) ?? { at: clock.now(), state: 'running' };
        return { platform, ads, state, minutes: round((at - began) / MINUTE) };
      }),
      simulatedMinutes: Math.round((clock.now() - began) / MINUTE),
    };
  } finally {
    restoreCrypto();
    await world.close();
  }
}

export const round = (value: number): number => Math.round(value * 1000) / 1000;

function tally(states: ReadonlyMap<string, string>): string {
  const counts = new Map<string, number>();
  for (const state of states.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, n]) => `${n} ${state}`).join(', ');
}

/** What the minute's cron would start. */
async function due(world: SimWorld, deliver: (message: JobMessage) => void, now: number): Promise<void> {
  const at = (ms: number) => new Date(ms).toISOString();
  const looks = [
    ['run-launch', 'launchId', sql`select organization_id, launch_id as id from due_launches(${at(now - 5_000)})`],
    ['sweep-launch', 'launchId', sql`select organization_id, launch_id as id from due_sweeps(${at(now)})`],
    ['list-account', 'accountId', sql`select organization_id, account_id as id from due_listings(${at(now)})`],
  ] as const;
  for (const [job, key, query] of looks) {
    const { rows } = await world.ports.database.within({}).read((q) => q.execute<{ organization_id: string; id: string }>(query));
    for (const row of rows) deliver({ v: 1, job, organizationId: row.organization_id, input: { [key]: row.id } });
  }
}

/** Hashes and ciphers are real work too: without this the clock would jump while one is made. */
export function countCrypto(real: <T>(work: Promise<T>) => Promise<T>): () => void {
  const names = ['digest', 'sign', 'importKey', 'encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'generateKey', 'deriveBits'] as const;
  const subtle = crypto.subtle as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const name of names) {
    const original = subtle[name]?.bind(crypto.subtle);
    if (original) Object.defineProperty(subtle, name, { configurable: true, value: (...args: unknown[]) => real(original(...args)) });
  }
  return () => {
    for (const name of names) delete subtle[name];
  };
}
