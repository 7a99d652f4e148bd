import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultFaultPlan } from '../index.ts';
import { ACCOUNT, CAMPAIGN, openGraph, type GraphClient } from './testing/graph-client.ts';

const THROTTLES = [17, 613, 80004];
/** The default plan on a faster clock. */
const LATE_MS = 120;
const LAG_MS = 500;

/** Two waits, each counted from where the last one truly ended: a busy machine that fires timers late cannot shorten them. */
async function settle(): Promise<void> {
  await wait(LATE_MS + 30);
  await wait(LAG_MS + 20);
}

async function isFound(graph: GraphClient, token: string): Promise<boolean> {
  for (;;) {
    const answer = await graph.tryCall('GET', `${ACCOUNT}/campaigns`, {
      filtering: [{ field: 'name', operator: 'CONTAIN', value: token }],
    });
    if (answer?.status === 200) return (answer.body.data ?? []).length > 0;
  }
}

/** Create, and on doubt wait, search, create again: the smallest launcher there is. */
async function launchOne(graph: GraphClient, token: string, settles: boolean): Promise<void> {
  for (;;) {
    const answer = await graph.tryCall('POST', `${ACCOUNT}/campaigns`, {
      ...CAMPAIGN,
      name: `Launch ·${token}`,
      adlabels: [{ name: token }],
    });
    if (answer?.status === 200) return;
    if (THROTTLES.includes(answer?.body.error?.code ?? 0)) continue;
    if (settles) await settle();
    if (await isFound(graph, token)) return;
  }
}

async function launch(seed: number, settles: boolean): Promise<{ made: number; duplicates: number }> {
  const graph = await openGraph({
    seed,
    faults: { ...defaultFaultPlan(seed), lateApply: { p: 0.02, maxMs: LATE_MS }, searchLagMs: LAG_MS, hangMs: 1 },
  });
  const tokens = Array.from({ length: 150 }, (_, n) => `tk${String(n).padStart(4, '0')}`);
  const worker = async (): Promise<void> => {
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) await launchOne(graph, token, settles);
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  await settle();
  const names = graph.sandbox.meta
    .objects()
    .filter((object) => object.kind === 'campaign')
    .map((object) => object.name);
  const duplicates = graph.sandbox.meta.countDuplicates();
  await graph.sandbox.close();
  return { made: new Set(names).size, duplicates };
}

test.each([1, 2])('the weather of seed %i makes duplicates for a launcher that does not settle, none for one that does', async (seed) => {
  const careless = await launch(seed, false);
  expect(careless.made).toBe(150);
  expect(careless.duplicates).toBeGreaterThan(0);
  expect(await launch(seed, true)).toEqual({ made: 150, duplicates: 0 });
});
