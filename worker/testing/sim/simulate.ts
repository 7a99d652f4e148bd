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
import { Died, mortal } from './mortal.ts';
import { createWorld, type SeatedAccount, type SimWorld, type WorldOptions } from './sim-world.ts';
import { createVirtualClock } from './virtual-clock.ts';

export interface SimOptions {
  databaseUrl: WorldOptions['databaseUrl'];
  neonProxyPort: number;
  seed: number;
  platforms: readonly AdPlatformId[];
  ads: number;
  mutant: string | null;
  faults: FaultPlan;
  /** Share of waiting points at which a worker dies. */
  death: number;
  say?: (line: string) => void;
}
export interface SimResult {
  planned: number;
  created: number;
  /** Living objects of one intent beyond the first, at the end. */
  duplicates: number;
  /** Objects of one intent beyond the first that were ever made; the sweeps have put them away. */
  extra: number;
  lost: number;
  unclear: number;
  /** The most objects of one intent that could spend at the same time, beyond the first. */
  activeDuplicates: number;
  /** Objects with a token no row knows, or rows whose object is not there. */
  ghosts: number;
  callsPerAd: number;
  throttledShare: number;
  deaths: number;
  /** From a death to the next piece of work on the same launch, the longest. */
  resumeSeconds: number;
  waitingPoints: number;
  simulatedMinutes: number;
}

const START = Date.parse('2026-11-21T08:00:00Z');
const MINUTE = 60_000;
const LONGEST = 12 * 60 * MINUTE;
const LAUNCHED = new Set(['campaign', 'ad_set', 'creative', 'ad']);
/** Ads an account is given at most, as the launcher's own limit of objects asks. */
const ADS_PER_ACCOUNT = 400;
const AD_SETS = 4;
const JOBS = new Map([runLaunchJob, sweepLaunch, listAccount].map((job) => [job.name, job as typeof runLaunchJob]));

/** The real engine from approval to "on" on the simulated clock, in the given weather; what came of it is counted at the platforms. */
export async function simulate(options: SimOptions): Promise<SimResult> {
  const clock = createVirtualClock(START);
  const restoreCrypto = countCrypto(clock.real);
  const accountsPerPlatform = Math.max(1, Math.ceil(options.ads / options.platforms.length / ADS_PER_ACCOUNT));
  const adsEach = Math.ceil(options.ads / options.platforms.length / accountsPerPlatform);
  const points = new Set<string>();
  const died = new Map<string, number>();
  let [deaths, resumeMs] = [0, 0];
  let world: SimWorld | null = null;

  const deliver = (message: JobMessage, attempt = 1): void => {
    const job = JOBS.get(message.job);
    if (!job || !world) return;
    const { roll, ports } = world;
    const who = JSON.stringify(message.input);
    const since = died.get(who);
    if (since !== undefined) {
      resumeMs = Math.max(resumeMs, clock.now() - since);
      died.delete(who);
    }
    const worker = mortal(ports, {
      strikes: (where) => {
        points.add(where);
        return roll() < options.death;
      },
    });
    const ctx = createContext(worker.ports, message.organizationId, { kind: 'job', job: message.job });
    Promise.race([job.run(ctx, job.input.parse(message.input)), worker.death]).catch((error: unknown) => {
      const again = (seconds: number) => void clock.timer(seconds * 1000, () => deliver(message, attempt + 1));
      if (error instanceof Died) {
        deaths += 1;
        if (message.job === runLaunchJob.name) died.set(who, clock.now());
        // The message of a dead worker comes again or is lost; then the minute's sweep comes back.
        if (roll() < 0.5) again(5 + roll() * 30);
      } else if (error instanceof RunAgainLater) again(error.seconds);
      else if (attempt < 20) again(Math.min(60, 2 ** attempt));
      else throw error;
    });
  };

  world = await createWorld({
    ...options,
    clock,
    accounts: accountsPerPlatform,
    size: { adSets: AD_SETS, concepts: Math.max(1, Math.round(adsEach / AD_SETS)) },
    queue: { duplicate: 0.1, lost: 0.03, delayMs: 2_000 },
    deliver,
  });
  const { accounts, db } = world;
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
    let activeDuplicates = 0;
    const look = (): void => {
      for (const account of accounts)
        activeDuplicates = Math.max(
          activeDuplicates,
          beyondFirst(account, (one) => one.canSpend),
        );
    };
    const minute = async (): Promise<void> => {
      look();
      await due(world as SimWorld, deliver, clock.now());
      clock.timer(MINUTE, () => void minute());
    };
    clock.timer(MINUTE, () => void minute());

    const states = new Map<string, string>();
    const refresh = async (): Promise<void> => {
      const { rows } = await clock.real(db.query<{ id: string; state: string }>('select id, state from launches'));
      for (const row of rows) states.set(row.id, row.state);
      if ([...states.values()].some((state) => !RESTING.has(state))) clock.timer(5_000, () => void refresh());
    };
    const settle = async (say: string): Promise<void> => {
      states.clear();
      for (const id of ids.values()) states.set(id, 'running');
      clock.timer(0, () => void refresh());
      await clock.run(() => [...states.values()].every((state) => RESTING.has(state)), START + LONGEST);
      options.say?.(`${say} after ${((clock.now() - START) / MINUTE).toFixed(1)} simulated minutes: ${tally(states)}`);
    };
    await settle('created and verified');
    for (const [account, id] of ids)
      if (states.get(id) === 'verified') await meanwhile(activateLaunch(world.context(account.organizationId), { id }));
    await settle('switched on');
    // Late applies of fifteen minutes and the looks after the end.
    const until = clock.now() + 35 * MINUTE;
    let isOver = false;
    clock.timer(until - clock.now(), () => (isOver = true));
    await clock.run(() => isOver, START + LONGEST);
    look();
    return {
      ...(await countAll(world, ids)),
      activeDuplicates,
      deaths,
      resumeSeconds: Math.round(resumeMs / 1000),
      waitingPoints: points.size,
      simulatedMinutes: Math.round((clock.now() - START) / MINUTE),
    };
  } finally {
    restoreCrypto();
    await world.close();
  }
}

const RESTING = new Set(['verified', 'needs_attention', 'active', 'cancelled']);

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

const launched = (account: SeatedAccount) => account.objects().filter((one) => LAUNCHED.has(one.kind) && one.token !== null);

function beyondFirst(account: SeatedAccount, pick: (one: ReturnType<SeatedAccount['objects']>[number]) => boolean): number {
  const perToken = new Map<string, number>();
  for (const one of launched(account)) if (pick(one)) perToken.set(String(one.token), (perToken.get(String(one.token)) ?? 0) + 1);
  return [...perToken.values()].reduce((n, found) => n + found - 1, 0);
}

async function countAll(
  { db, accounts }: SimWorld,
  ids: ReadonlyMap<SeatedAccount, string>,
): Promise<Omit<SimResult, 'activeDuplicates' | 'deaths' | 'resumeSeconds' | 'waitingPoints' | 'simulatedMinutes'>> {
  const sums = { planned: 0, created: 0, duplicates: 0, extra: 0, lost: 0, unclear: 0, ghosts: 0 };
  let [calls, throttled, ads] = [0, 0, 0];
  for (const account of accounts) {
    const { rows } = await db.query<{ kind: string; client_token: string; external_id: string | null; state: string }>(
      `select kind, client_token, external_id, state from launch_items where launch_id = $1 and kind <> 'media'`,
      [ids.get(account)],
    );
    const objects = launched(account);
    const isAlive = (one: (typeof objects)[number]) => !one.isDeleted && !/archived/i.test(one.status ?? '');
    const living = new Map(objects.filter(isAlive).map((one) => [one.id, one]));
    const tokens = new Set(rows.map((row) => row.client_token));
    sums.planned += rows.length;
    sums.created += rows.filter((row) => row.external_id !== null && living.get(row.external_id)?.token === row.client_token).length;
    sums.lost += rows.filter((row) => row.external_id !== null && !living.has(row.external_id)).length;
    sums.unclear += rows.filter((row) => ['SENDING', 'HELD', 'READY', 'PLANNED', 'REJECTED', 'CREATED'].includes(row.state)).length;
    sums.ghosts += objects.filter((one) => isAlive(one) && !tokens.has(String(one.token))).length;
    sums.duplicates += beyondFirst(account, isAlive);
    sums.extra += beyondFirst(account, () => true);
    ads += rows.filter((row) => row.kind === 'ad').length;
    calls += [...account.log.counts.values()].reduce((sum, n) => sum + n, 0);
    throttled += [...account.log.faults].reduce((sum, [fault, n]) => sum + (fault.includes('throttle') ? n : 0), 0);
  }
  return { ...sums, callsPerAd: round(calls / ads), throttledShare: round(throttled / Math.max(1, calls)) };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

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
