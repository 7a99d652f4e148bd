import { afterEach, expect, test } from 'vitest';
import { noFaults } from '../../../sandbox/index.ts';
import { startWorker, type TestWorker } from '../../testing/harness.ts';
import { approve, compareWithOracle, deliverAtOnce, draftLaunch, look, rest, states, type Oracle } from '../../testing/launch-kit.ts';
import type { Mutant } from '../../kernel/mutants.ts';

// Each promise runs twice: as built it holds, with its guard taken out the same check turns red. A mutant that stays green would
// mean that the check proves nothing.

let w: TestWorker;
afterEach(() => w.stop());
const start = async (mutant: Mutant | 'none', vars: Record<string, string> = {}) => {
  w = await startWorker({ cronEverySeconds: 3, vars: { INLAY_MUTANT: mutant, ...vars } });
};

/** Only objects beyond the first prove that a guard was missing; a launch that breaks in another way proves nothing. */
function expectExtra(extra: number, holds: boolean): void {
  if (holds) expect(extra, 'objects beyond the first').toBe(0);
  else expect(extra, 'objects beyond the first').toBeGreaterThan(0);
}

async function lostAnswers(): Promise<Oracle> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2 });
  // How the requests interleave still differs from run to run: half of all answers lost leaves no luck.
  w.sandbox.setFaults({ ...noFaults(21), answerLost: 0.5, searchLagMs: 1_200 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified', 'needs_attention']);
  return compareWithOracle(w, launch);
}
test.each([
  ['none', true],
  ['no-window', false],
] as const)(
  'settle window, mutant %s',
  async (mutant, holds) => {
    await start(mutant, { SETTLE_WINDOW_MS: '2400' });
    expectExtra((await lostAnswers()).extra, holds);
  },
  180_000,
);

async function atOnce(): Promise<Oracle> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 4 });
  w.sandbox.setFaults({ ...noFaults(), latencyMs: [20, 60] });
  await approve(member, launch);
  await Promise.all([deliverAtOnce(w, member, launch, 3), deliverAtOnce(w, member, launch, 3)]);
  // Twice-made objects can keep a launch without its guard from resting at all.
  return w.until(
    'it came to rest, or made something twice',
    async () => {
      const oracle = await compareWithOracle(w, launch);
      if (oracle.extra > 0) return oracle;
      return (await look(member, launch)).state === 'running' ? null : oracle;
    },
    40_000,
  );
}
test.each([
  ['none', true],
  ['no-compare-and-set', false],
] as const)(
  'compare-and-set, mutant %s',
  async (mutant, holds) => {
    await start(mutant);
    expectExtra((await atOnce()).extra, holds);
  },
  180_000,
);

/** A worker stalls in its call past the window; meanwhile another settles, sends again and goes on below the new campaign. */
async function lateWorker(): Promise<boolean> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 1 });
  w.sandbox.setFaults({ ...noFaults(), latencyMs: [4_000, 4_000] });
  await approve(member, launch);
  await w.until('the first call is out', async () => (await states(w, launch, 'campaign'))['SENDING'] === 1);
  await new Promise((resolve) => setTimeout(resolve, 300)); // it reaches the platform and waits there
  w.sandbox.setFaults(noFaults());
  await deliverAtOnce(w, member, launch, 1);
  const campaign = async () =>
    (
      await w.db.query<{ external_id: string; attempt: number }>(
        `select external_id, attempt from launch_items where launch_id = $1 and kind = 'campaign'`,
        [launch.id],
      )
    ).rows[0];
  const chosen = await w.until(
    'the second attempt is verified',
    async () => {
      const row = await campaign();
      return row && row.attempt === 2 && row.external_id ? row.external_id : null;
    },
    20_000,
  );
  await new Promise((resolve) => setTimeout(resolve, 4_500)); // the stalled worker is back
  return (await campaign())?.external_id === chosen;
}
test.each([
  ['none', true],
  ['no-attempt-guard', false],
] as const)(
  'attempt guard, mutant %s',
  async (mutant, holds) => {
    await start(mutant, { CALL_TIMEOUT_MS: '8000', SETTLE_WINDOW_MS: '1000', SEARCH_GAP_MS: '200' });
    expect(await lateWorker()).toBe(holds);
  },
  180_000,
);

async function driftedParents(): Promise<number> {
  const { member, launch } = await draftLaunch(w, { adSets: 1, concepts: 2 });
  w.sandbox.setFaults({ ...noFaults(), enhancementFlip: 1 });
  await approve(member, launch);
  await rest(w, member, launch, ['verified', 'needs_attention'], 30_000);
  return [...(await compareWithOracle(w, launch)).byToken.values()].flat().filter((one) => one.kind === 'ad').length;
}
test.each([
  ['none', true],
  ['no-parent-rule', false],
] as const)(
  'parents first, mutant %s',
  async (mutant, holds) => {
    await start(mutant);
    expect((await driftedParents()) === 0).toBe(holds);
  },
  180_000,
);
