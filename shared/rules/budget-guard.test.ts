import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gateFault, whyNotAcceptable } from './budget-guard.ts';
import { APPROVAL_MS, breachesOf, needsSecondPerson, secondPersonFault, type SpendLimit } from './spend-limits.ts';

test('a difference is accepted unless it is gone, on by itself, or may spend more than was planned for it', () => {
  const why = (field: string, planned: string, found: string) => whyNotAcceptable({ field, planned, found });
  expect(why('targeting.age_max', '60', '65')).toBe(null);
  expect(why('object', 'exists', 'is gone')).toBe('gone');
  expect(['status', 'operation_status', 'intendedStatus'].map((field) => why(field, 'paused', 'active'))).toEqual([
    'status',
    'status',
    'status',
  ]);
  expect(why('daily_budget', '5000', '4999')).toBe(null);
  expect(why('dailyBudget', '50 EUR', '49.50 EUR')).toBe(null);
  expect(why('budget.amountMicros', '50000000', '50000001')).toBe('budget');
  expect(why('dailyBudget', '50 EUR', '50 USD')).toBe('budget');
  for (const found of ['0', '—', '', '-5', '1e2', 'BUDGET_MODE_INFINITE']) expect(why('budget', '5000', found), found).toBe('budget');
  expect(why('budget_mode', 'BUDGET_MODE_DAY', 'BUDGET_MODE_TOTAL')).toBe('budget');
});

test('the gate opens for an approved plan whose rows are ready and whose budgets are within the cap', () => {
  const open = { unreadyRows: 0, dailyMinor: 100n, capMinor: 100, isPlanApproved: true };
  expect(gateFault(open)).toBe(null);
  expect(gateFault({ ...open, unreadyRows: 1 })).toBe('rows_not_verified');
  expect(gateFault({ ...open, dailyMinor: 101n })).toBe('above_the_cap');
  expect(gateFault({ ...open, isPlanApproved: false })).toBe('plan_not_approved');
});

/**
 * L6: random plans, edits, retries. Organizations, people, accounts and a platform that builds what it likes, moved by the rules above in any
 * order; after every step nothing is on beyond what somebody allowed agreed to. `BUDGET_RUNS=100000 npx vitest run
 * shared/rules/budget-guard.test.ts` is the whole of it.
 */
const RUNS = Number(process.env['BUDGET_RUNS'] ?? 5_000);
const HOUR = 3_600_000;

interface Row {
  plannedMinor: number;
  /** What the platform made of it; null = not there. */
  builtMinor: number | null;
  isDrifted: boolean;
}
interface Launch {
  accountId: string;
  currency: string;
  plannerId: string;
  correctors: string[];
  plan: number;
  capMinor: number;
  rows: Row[];
  state: 'draft' | 'approved' | 'active' | 'cancelled';
  approvedPlan: number | null;
  askedBy: string | null;
  second: { plan: number; by: string; capMinor: number; at: number } | null;
  /** What was agreed to when it was switched on. */
  promise: { capMinor: number; limits: SpendLimit[]; live: number } | null;
}
interface World {
  now: number;
  limits: SpendLimit[];
  launches: Launch[];
}

const PEOPLE = ['ann', 'ben', 'cid'] as const;
const ACCOUNTS = [
  { accountId: 'one', currency: 'EUR' },
  { accountId: 'two', currency: 'EUR' },
  { accountId: 'yen', currency: 'JPY' },
] as const;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const liveOf = (launch: Launch): number => (launch.state === 'active' ? sum(launch.rows.map((row) => row.builtMinor ?? 0)) : 0);
const plannedOf = (launch: Launch): number => sum(launch.rows.map((row) => row.plannedMinor));
const livesBut = (world: World, but: Launch) =>
  world.launches
    .filter((one) => one !== but && one.state === 'active')
    .map((one) => ({ accountId: one.accountId, currency: one.currency, dailyMinor: plannedOf(one) }));
const hasRoom = (world: World, launch: Launch, dailyMinor: number) =>
  breachesOf({ accountId: launch.accountId, currency: launch.currency, dailyMinor }, livesBut(world, launch), world.limits).length === 0;

/** One thing that happens; `a`, `b` and `c` choose what to, who by and how much. What the rules refuse changes nothing. */
type Step = { what: (typeof STEPS)[number]; a: number; b: number; c: number };
const STEPS = ['plan', 'limit', 'ask', 'approve', 'build', 'drift', 'accept', 'retry', 'correct', 'activate', 'cancel', 'wait'] as const;

function step(world: World, { what, a, b, c }: Step): void {
  const person = PEOPLE[b % PEOPLE.length] as string;
  if (what === 'wait') world.now += (c % 30) * HOUR;
  if (what === 'limit') {
    const currency = a % 2 === 0 ? 'EUR' : 'JPY';
    const amount = (value: number) => (value % 4 === 0 ? null : (value % 40) * 10);
    world.limits = [
      ...world.limits.filter((limit) => limit.currency !== currency),
      { currency, secondPersonAboveMinor: amount(b), accountDailyMinor: amount(c), organizationDailyMinor: amount(b + c) },
    ];
  }
  if (what === 'plan' && world.launches.length < 6) {
    const rows = Array.from({ length: 1 + (b % 3) }, (_, i) => ({
      plannedMinor: 1 + ((c + i * 7) % 90),
      builtMinor: null,
      isDrifted: false,
    }));
    const launch: Launch = {
      ...(ACCOUNTS[a % ACCOUNTS.length] as (typeof ACCOUNTS)[number]),
      plannerId: person,
      correctors: [],
      plan: world.launches.length * 1_000,
      capMinor: 0,
      rows,
      state: 'draft',
      approvedPlan: null,
      askedBy: null,
      second: null,
      promise: null,
    };
    launch.capMinor = plannedOf(launch);
    world.launches.push(launch);
  }
  const launch = world.launches[a % Math.max(1, world.launches.length)];
  if (!launch) return;
  const row = launch.rows[c % launch.rows.length] as Row;
  const isSecondNeeded = (capMinor: number) => needsSecondPerson(world.limits, launch.currency, capMinor);
  const mayBeSecond =
    secondPersonFault({ plannerId: launch.plannerId, correctors: launch.correctors, askedBy: launch.askedBy }, person) === null;
  if (what === 'ask') launch.askedBy = person;
  if (what === 'approve' && (launch.state === 'draft' || launch.state === 'approved')) {
    const capMinor = launch.state === 'draft' ? plannedOf(launch) + (c % 3) * 10 : launch.capMinor;
    if (capMinor < plannedOf(launch) || (isSecondNeeded(capMinor) && !mayBeSecond) || !hasRoom(world, launch, capMinor)) return;
    if (isSecondNeeded(capMinor)) launch.second = { plan: launch.plan, by: person, capMinor, at: world.now };
    Object.assign(launch, { state: 'approved', capMinor, approvedPlan: launch.plan });
  }
  if (what === 'build' && launch.state === 'approved' && launch.approvedPlan === launch.plan)
    for (const one of launch.rows) one.builtMinor ??= one.plannedMinor;
  // Before the switch the platform may build otherwise; the read-back sees it.
  if (what === 'drift' && launch.state === 'approved' && row.builtMinor !== null) {
    row.builtMinor = c % 120;
    row.isDrifted = row.builtMinor !== row.plannedMinor;
  }
  if (what === 'accept' && row.isDrifted && launch.state === 'approved') {
    const why = whyNotAcceptable({ field: 'daily_budget', planned: String(row.plannedMinor), found: String(row.builtMinor) });
    if (why === null && (!isSecondNeeded(launch.capMinor) || mayBeSecond)) row.isDrifted = false;
  }
  // A repeat makes what is missing, and never what is there.
  if (what === 'retry' && launch.state === 'approved' && launch.approvedPlan === launch.plan) row.builtMinor ??= row.plannedMinor;
  // Only what is not there is corrected; the plan is another one then.
  if (what === 'correct' && launch.state === 'approved' && row.builtMinor === null) {
    const wanted = 1 + (c % 150);
    if (plannedOf(launch) - row.plannedMinor + wanted > launch.capMinor) return;
    row.plannedMinor = wanted;
    launch.plan += 1;
    launch.correctors.push(person);
    if (!isSecondNeeded(launch.capMinor)) launch.approvedPlan = launch.plan;
  }
  if (what === 'activate' && launch.state === 'approved') {
    const unreadyRows = launch.rows.filter((one) => one.builtMinor === null || one.isDrifted).length;
    const facts = {
      unreadyRows,
      dailyMinor: BigInt(plannedOf(launch)),
      capMinor: launch.capMinor,
      isPlanApproved: launch.approvedPlan === launch.plan,
    };
    const { second } = launch;
    const isFresh =
      second !== null && second.plan === launch.plan && second.capMinor >= launch.capMinor && world.now - second.at < APPROVAL_MS;
    if (gateFault(facts) !== null || (isSecondNeeded(launch.capMinor) && !isFresh) || !hasRoom(world, launch, plannedOf(launch))) return;
    launch.state = 'active';
    launch.promise = {
      capMinor: launch.capMinor,
      limits: world.limits,
      live: sum(
        livesBut(world, launch)
          .filter((one) => one.accountId === launch.accountId)
          .map((one) => one.dailyMinor),
      ),
    };
    if (isSecondNeeded(launch.capMinor)) {
      expect(second?.by).not.toBe(launch.plannerId);
      expect(launch.correctors).not.toContain(second?.by);
    }
  }
  if (what === 'cancel' && launch.state !== 'active') launch.state = 'cancelled';
}

function check({ launches }: World): void {
  for (const launch of launches) {
    if (launch.promise === null) continue;
    const { capMinor, limits, live } = launch.promise;
    if (liveOf(launch) > capMinor) throw new Error(`live ${liveOf(launch)} above the approved cap ${capMinor}`);
    const most = limits.find((limit) => limit.currency === launch.currency)?.accountDailyMinor ?? null;
    if (most !== null && live + liveOf(launch) > most) throw new Error(`account has ${live + liveOf(launch)} on, ${most} are allowed`);
  }
}

test(`L6: in ${RUNS} random stories live budgets never stand above what was approved, nor an account above its limit when it was switched on`, () => {
  let active = 0;
  const one = fc.record({ what: fc.constantFrom(...STEPS), a: fc.nat(11), b: fc.nat(59), c: fc.nat(359) });
  fc.assert(
    fc.property(fc.array(one, { minLength: 20, maxLength: 60 }), (steps) => {
      const world: World = { now: 0, limits: [], launches: [] };
      for (const next of steps) {
        step(world, next);
        check(world);
      }
      active += world.launches.filter((launch) => launch.state === 'active').length;
    }),
    { numRuns: RUNS },
  );
  // Stories in which nothing is ever switched on would prove nothing.
  expect(active).toBeGreaterThan(RUNS / 50);
}, 600_000);
