import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Mutant } from '../../kernel/mutants.ts';
import { cancelLaunch } from '../../domains/launches/cancel-launch.ts';
import type { QueueFaults } from './faulty-queue.ts';
import type { SeatedAccount } from './sim-world.ts';
import { round, type Live, type SimOptions, type SimResult } from './simulate.ts';
import { calm, guideWeather } from './weather.ts';

/** One simulation in a database of its own. */
export type Simulate = (options: Omit<SimOptions, 'databaseUrl' | 'seed' | 'say'>) => Promise<SimResult>;
export interface RowOptions {
  simulate: Simulate;
  seed: number;
  platforms: readonly AdPlatformId[];
  /** Ads of the rows that count by ads; the guide asks for 10,000. */
  ads: number;
  mutant?: Mutant | null;
}
/** What a row of the guide's table came to. */
export interface Outcome {
  isMet: boolean;
  figures: Record<string, unknown>;
}

/** The rows of the launching guide's table (section 12) that a simulation can answer, by their numbers there. */
export const ROWS: Readonly<Record<string, (options: RowOptions) => Promise<Outcome>>> = {
  L1: oneAdPerIntent,
  L2: lateBeyondTheWindow,
  L3: killedAnywhere,
  L4: neverFaster,
  L5: smallBesideLarge,
  L7: deadForHalfAnHour,
  L8: cancelledAnytime,
  L10: flipsAreSeen,
  L13: flakyCodes,
  L15: mutants,
};

const MINUTE = 60_000;
const ADS_PER_ACCOUNT = 400;
/** One worker in five hundred waits dies there: a few hundred deaths in ten thousand ads. */
const dying = (_account: number, _where: string, roll: () => number): boolean => roll() < 0.002;
const QUIET_QUEUE: QueueFaults = { duplicate: 0, lost: 0, delayMs: 100 };

/** Nothing made twice, nothing lost, nothing left open, no object without a row and no row without its object (L9). */
const isWhole = (one: SimResult): boolean =>
  one.created === one.planned &&
  one.duplicates + one.lost + one.unclear + one.ghosts + one.drifted + one.untrue + one.activeDuplicates === 0;

const whole = ({ planned, created, duplicates, extra, lost, unclear, open, ghosts, drifted, untrue, activeDuplicates }: SimResult) => ({
  planned,
  created,
  duplicates,
  extra,
  lost,
  unclear,
  ...(open.length > 0 ? { open } : {}),
  ghosts,
  drifted,
  untrue,
  activeDuplicates,
});

/** Five accounts of each platform with 400 ads each, or fewer. */
const accountsFor = ({ ads, platforms }: RowOptions): number => Math.max(1, Math.round(ads / platforms.length / ADS_PER_ACCOUNT));
const adsEach = (options: RowOptions): number => Math.max(1, Math.round(options.ads / options.platforms.length / accountsFor(options)));

/** L1 and L9. A launch that lost its worker and its message is found by the minute's look, which leaves alone what moved 5 s ago. */
async function oneAdPerIntent(options: RowOptions): Promise<Outcome> {
  const { simulate, platforms, seed, mutant = null } = options;
  const result = await simulate({
    platforms,
    accounts: accountsFor(options),
    ads: adsEach(options),
    mutant,
    faults: guideWeather(seed),
    strikes: dying,
    minutesAfter: 30,
  });
  const { makingCallsPerAd, callsPerAd, callsPerFile, laterCallsPerAd, calls, deaths, resumeSeconds, workersAtOnce, simulatedMinutes } =
    result;
  return {
    isMet: isWhole(result) && makingCallsPerAd <= 1.5 && resumeSeconds <= 65,
    figures: {
      ...whole(result),
      makingCallsPerAd,
      callsPerAd,
      callsPerFile,
      laterCallsPerAd,
      deaths,
      resumeSeconds,
      workersAtOnce,
      simulatedMinutes,
      calls,
    },
  };
}

async function lateBeyondTheWindow(options: RowOptions): Promise<Outcome> {
  const { simulate, platforms, seed } = options;
  const result = await simulate({
    platforms,
    accounts: accountsFor(options),
    ads: adsEach(options),
    faults: guideWeather(seed, true),
    strikes: dying,
    minutesAfter: 60,
  });
  const { neutralisedMinutes } = result;
  return { isMet: isWhole(result) && neutralisedMinutes <= 30, figures: { ...whole(result), neutralisedMinutes } };
}

/** Each account's workers die once, each account's one waiting point further on; what it did until then is another order each time. */
async function killedAnywhere({ simulate, seed, ads }: RowOptions): Promise<Outcome> {
  const base = { platforms: ['meta'] as const, ads: 2, faults: calm(seed) };
  const { waitingPoints: points } = await simulate({ ...base, accounts: 1, queue: QUIET_QUEUE });
  const every = ads >= 10_000 ? 1 : Math.ceil(points / 40);
  const orders = ads >= 10_000 ? 50 : 1;
  const sum = { runs: 0, wrong: 0, deaths: 0 };
  for (let order = 0; order < orders; order += 1) {
    const passed = new Map<number, number>();
    const accounts = Math.ceil(points / every);
    const result = await simulate({
      ...base,
      accounts,
      faults: { ...calm(seed * 100 + order), latencyMs: [20, 400 + order * 10] },
      strikes: (account) => {
        const n = (passed.get(account) ?? 0) + 1;
        passed.set(account, n);
        return n === account * every + 1 + (order % every);
      },
    });
    sum.runs += accounts;
    sum.deaths += result.deaths;
    sum.wrong += isWhole(result) ? 0 : 1;
    sum.wrong += result.rested.filter((one) => one.state !== 'verified').length;
  }
  return { isMet: sum.wrong === 0 && sum.deaths > 0, figures: { K: points, everyNth: every, orders, ...sum } };
}

/** Points of a read and of a write, and what the meter forgets: as the platform counts them. */
const METER = { read: 1, write: 3, limits: { full: { most: 9_000, perSecond: 30 }, limited: { most: 60, perSecond: 0.2 } } } as const;

async function neverFaster({ simulate, seed, ads }: RowOptions): Promise<Outcome> {
  const tier = ads >= 5_000 ? 'full' : 'limited';
  const accounts = 3;
  const result = await simulate({
    platforms: ['meta'],
    accounts,
    ads: tier === 'full' ? Math.min(2_000, ads / 5) : 40,
    faults: calm(seed),
    queue: QUIET_QUEUE,
    isSwitchedOn: false,
    events: ({ world }) => {
      for (const account of world.accounts) account.setTier?.(tier);
    },
  });
  const { read, write, limits } = METER;
  const counted = result.calls.meta ?? {};
  const things = (...purposes: (keyof typeof counted)[]) =>
    purposes.reduce((n, purpose) => n + Math.max(counted[purpose]?.calls ?? 0, counted[purpose]?.things ?? 0), 0);
  const points = things('create', 'status', 'file') * write + (things('read back', 'file look') + (counted.search?.calls ?? 0)) * read;
  const seconds = Math.max(...result.rested.map((one) => one.minutes)) * 60;
  const usedShare = round(points / (accounts * (limits[tier].most + limits[tier].perSecond * seconds)));
  const { overLimitShare } = result;
  return {
    isMet: isWhole(result) && overLimitShare <= 0.001 && usedShare >= 0.85,
    figures: { tier, accounts, ads: result.ads, overLimitShare, usedShare, points, minutes: round(seconds / 60), created: result.created },
  };
}

/** Platforms that count by app share one limit among all organizations; where they count by account nobody waits for another. */
async function smallBesideLarge({ simulate, seed, ads, platforms }: RowOptions): Promise<Outcome> {
  const [large, small, n] = ads >= 10_000 ? [2_000, 50, 20] : [300, 10, 4];
  const figures: Record<string, unknown> = {};
  let isMet = true;
  for (const platform of platforms) {
    const base = { platforms: [platform], faults: calm(seed), isSwitchedOn: false };
    const alone = await simulate({ ...base, accounts: 1, ads: small, queue: QUIET_QUEUE });
    const both = await simulate({ ...base, accounts: n + 2, ads: (i) => (i < 2 ? large : small), queue: QUIET_QUEUE });
    const solo = alone.rested[0]?.minutes ?? 0;
    const slowest = Math.max(...both.rested.filter((one) => one.ads === small).map((one) => one.minutes));
    // A row of the minute's look more or less is no matter of fairness.
    const times = round(slowest / Math.max(solo, 0.05));
    figures[platform] = { soloMinutes: solo, besideLargeMinutes: slowest, times };
    if (platform === 'meta') isMet &&= times <= 2;
    isMet &&= isWhole(both);
  }
  return { isMet, figures: { large: [2, large], small: [n, small], ...figures } };
}

const OUTAGE_MINUTES = 30;

async function deadForHalfAnHour(options: RowOptions): Promise<Outcome> {
  const { simulate, platforms, seed } = options;
  const seen: { calls: number; all: number; resumeSeconds: number }[] = [];
  const result = await simulate({
    platforms,
    accounts: 1,
    ads: adsEach(options),
    faults: calm(seed),
    minutesAfter: 1,
    events: ({ clock, world }) => {
      clock.timer(6_000, () => {
        const from = clock.now();
        for (const account of world.accounts) account.setFaults({ ...calm(seed), dead: true });
        clock.timer(OUTAGE_MINUTES * MINUTE, () => {
          const until = clock.now();
          for (const account of world.accounts) {
            account.setFaults(calm(seed));
            const during = timesOf(account).filter((at) => at >= from && at < until);
            // Until the breaker is open calls follow each other; then a probe comes every few seconds.
            const opened = during.findIndex((at, i) => i > 0 && at - (during[i - 1] ?? at) >= 4_000);
            const record = { calls: opened === -1 ? during.length : opened, all: during.length, resumeSeconds: Infinity };
            seen.push(record);
            const wait = (): void => {
              const first = timesOf(account).find((at) => at >= until);
              if (first === undefined) return void clock.timer(1_000, wait);
              record.resumeSeconds = Math.round((first - until) / 1000);
            };
            clock.timer(1_000, wait);
          }
        });
      });
    },
  });
  const callsBeforeOpen = Math.max(...seen.map((one) => one.calls));
  const resumeSeconds = Math.max(...seen.map((one) => one.resumeSeconds));
  return {
    isMet: isWhole(result) && callsBeforeOpen <= 10 && resumeSeconds <= 60,
    figures: {
      ...whole(result),
      callsBeforeOpen,
      callsWhileDead: Math.max(...seen.map((one) => one.all)),
      resumeSeconds,
      states: result.rested.map((one) => one.state),
    },
  };
}

const timesOf = (account: SeatedAccount): number[] => account.log.requests.map((one) => Date.parse(one.at));

async function cancelledAnytime(options: RowOptions): Promise<Outcome> {
  const { simulate, platforms, seed, ads } = options;
  const late: number[] = [];
  let watched: SeatedAccount[] = [];
  const committed = new Map<SeatedAccount, number>();
  const result = await simulate({
    platforms,
    accounts: ads >= 10_000 ? 20 : 3,
    ads: ads >= 10_000 ? 40 : 10,
    faults: guideWeather(seed),
    strikes: dying,
    isSwitchedOn: false,
    minutesAfter: 30,
    events: ({ clock, world, ids }: Live) => {
      watched = world.accounts;
      for (const [account, id] of ids)
        clock.timer(Math.floor(world.roll() ** 2 * 10 * MINUTE), () => {
          cancelLaunch(world.context(account.organizationId), { id }).then(
            () => committed.set(account, clock.now()),
            // It was at the switch, or over.
            (error: unknown) => {
              if (!(error instanceof AppError)) throw error;
            },
          );
        });
    },
  });
  for (const account of watched) {
    const at = committed.get(account);
    if (at !== undefined) late.push(...account.creates.filter((when) => when > at + 2_000).map((when) => when - at));
  }
  const { lost, unclear, ghosts, untrue, duplicates } = result;
  return {
    isMet: late.length === 0 && committed.size > 0 && lost + unclear + ghosts + untrue + duplicates === 0,
    figures: {
      cancelled: committed.size,
      createsLaterThan2s: late.length,
      lost,
      unclear,
      ghosts,
      untrue,
      duplicates,
      states: countBy(result.rested.map((one) => one.state)),
    },
  };
}

const countBy = (words: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
};

/** The platform switches an enhancement on by itself in a fifth of all creatives: each is a difference that holds its launch. */
async function flipsAreSeen({ simulate, seed, ads }: RowOptions): Promise<Outcome> {
  const result = await simulate({
    platforms: ['meta'],
    accounts: 1,
    ads: Math.max(20, Math.round(ads / 50)),
    faults: { ...calm(seed), enhancementFlip: 0.2 },
  });
  const { drifted, flipped, belowDrift, alertMinutes, created, planned } = result;
  const [launch] = result.rested;
  return {
    isMet: flipped > 0 && drifted === flipped && belowDrift === 0 && launch?.state === 'needs_attention' && alertMinutes <= 15,
    figures: { flipped, seen: drifted, madeBelow: belowDrift, state: launch?.state, alertMinutes, created, planned },
  };
}

async function flakyCodes(options: RowOptions): Promise<Outcome> {
  const { simulate, seed, ads } = options;
  const result = await simulate({
    platforms: ['meta'],
    accounts: ads >= 10_000 ? 20 : 3,
    ads: ads >= 10_000 ? 100 : 20,
    faults: { ...guideWeather(seed), flaky: 0.05, batchNull: 0.02 },
    strikes: dying,
    isSwitchedOn: false,
  });
  const share = round(result.rested.filter((one) => one.state === 'verified').length / result.rested.length);
  return {
    isMet: share >= 0.97 && result.duplicates === 0,
    figures: { launches: result.rested.length, withoutAPerson: share, ...whole(result) },
  };
}

/** Each guard taken away has to show; with all of them the same weather leaves no mark. */
async function mutants({ simulate, seed, mutant: only }: RowOptions): Promise<Outcome> {
  const figures: Record<string, unknown> = {};
  let isMet = true;
  for (const [mutant, { options, isHurt }] of Object.entries(HARM)) {
    if (only && only !== mutant) continue;
    const sound = await simulate(options(seed));
    const hurt = await simulate({ ...options(seed), mutant });
    const isProven = !isHurt(sound) && isHurt(hurt);
    figures[mutant] = isProven
      ? 'red, as it has to be'
      : `sound ${isHurt(sound) ? 'red' : 'green'}, without the guard ${isHurt(hurt) ? 'red' : 'green'}`;
    isMet &&= isProven;
  }
  return { isMet, figures };
}

type Harm = { options: (seed: number) => Parameters<Simulate>[0]; isHurt: (one: SimResult) => boolean };
const madeTwice = (one: SimResult): boolean => one.extra > 0;
const HARM: Partial<Record<Mutant, Harm>> = {
  'no-window': {
    options: (seed) => ({
      platforms: ['meta'],
      accounts: 2,
      ads: 10,
      faults: { ...guideWeather(seed), answerLost: 0.2 },
      isSwitchedOn: false,
    }),
    isHurt: madeTwice,
  },
  'no-compare-and-set': {
    options: (seed) => ({
      platforms: ['meta'],
      accounts: 2,
      ads: 10,
      faults: calm(seed),
      queue: { duplicate: 1, lost: 0, delayMs: 100 },
      isSwitchedOn: false,
    }),
    isHurt: madeTwice,
  },
  'no-attempt-guard': {
    options: (seed) => ({
      platforms: ['meta'],
      accounts: 4,
      ads: 10,
      faults: { ...guideWeather(seed), throttle: 0.2 },
      stalls: (_account, where, roll) => (where === 'call after' && roll() < 0.1 ? 260_000 : 0),
      isSwitchedOn: false,
    }),
    // An answer that comes back late and says "try again" undoes what was proven meanwhile.
    isHurt: (one) => madeTwice(one) || !isWhole(one),
  },
  'no-parent-rule': {
    options: (seed) => ({
      platforms: ['meta'],
      accounts: 1,
      ads: 20,
      faults: { ...calm(seed), enhancementFlip: 0.5 },
      isSwitchedOn: false,
    }),
    isHurt: (one) => one.belowDrift > 0,
  },
};
