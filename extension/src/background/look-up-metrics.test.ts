import { expect, test } from 'vitest';
import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import { lookUpMetrics } from '#shared/contracts/metrics.ts';
import type { MetricsQuestion } from '../messaging/overlay-types.ts';
import { memoryArea } from '../storage/area.ts';
import { createMetrics } from './look-up-metrics.ts';
import { createMetricsCache } from './metrics-cache.ts';
import { createPacer } from './pacer.ts';

const question: MetricsQuestion = {
  accountExternalId: '1',
  level: 'ad',
  window: { days: 28 },
  basis: 'accrual',
  ids: ['1', '2'],
  withTotals: false,
};

function stage(area = memoryArea()) {
  const world = { now: 1_000_000, organization: 'org_1', version: 1, until: '2026-11-20', totals: null as object | null };
  const bodies: { ids: string[] }[] = [];
  const saves: (() => void)[] = [];
  const cache = createMetricsCache(
    area,
    () => world.now,
    (run) => saves.push(run),
  );
  const api = {
    call: async (contract: unknown, { body }: { body: { ids: string[]; withTotals: boolean } }) => {
      expect(contract).toBe(lookUpMetrics);
      expect(lookUpMetrics.body?.safeParse(body).success).toBe(true);
      bodies.push(body);
      return {
        account: { id: 'acc', name: 'a', currency: 'EUR', timezone: 'UTC' },
        freshness: {
          spendAt: null,
          revenueAt: null,
          spendFrom: null,
          revenueFrom: null,
          leadsFrom: null,
          revenueGap: null,
          leadsGap: null,
        },
        totals: body.withTotals ? world.totals : null,
        answers: body.ids.map((id) => ({ id, blank: 'no_insights' })),
        definition: {
          id: 'def',
          currency: 'EUR',
          timezone: 'UTC',
          since: '2026-10-24',
          until: world.until,
          model: 'last',
          basis: 'accrual',
          attributionWindowDays: 28,
          dataVersion: world.version,
        },
      };
    },
  } as unknown as ApiClient;
  const metrics = createMetrics({ api, cache, organizationId: async () => world.organization, pace: async () => {}, now: () => world.now });
  return { world, bodies, saves, metrics, area };
}
const ids = (reply: { answers: { answer: { id: string } }[] }): string[] => reply.answers.map(({ answer }) => answer.id);

test('only what is missing or old is asked, and everything asked for is answered', async () => {
  const { world, bodies, metrics } = stage();
  expect(ids(await metrics.fresh(question))).toEqual(['1', '2']);
  expect(ids(await metrics.fresh({ ...question, ids: ['1', '2', '3'] }))).toEqual(['1', '2', '3']);
  world.now += 46_000;
  await metrics.fresh(question);
  expect(bodies.map((body) => body.ids)).toEqual([['1', '2'], ['3'], ['1', '2']]);
});

test('a newer data version makes older answers old', async () => {
  const { world, bodies, metrics } = stage();
  await metrics.fresh(question);
  world.version = 2;
  await metrics.fresh({ ...question, ids: ['3'] });
  await metrics.fresh(question);
  expect(bodies.at(-1)?.ids).toEqual(['1', '2']);
});

test('a total the API gives no longer is shown no longer; a call that did not ask for it changes nothing', async () => {
  const { world, metrics } = stage();
  world.totals = { figure: 'a total' };
  const asked = { ...question, withTotals: true };
  expect((await metrics.fresh(asked)).totals).toBe(world.totals);
  await metrics.fresh({ ...question, ids: ['3'] });
  expect((await metrics.cached(asked)).totals).toBe(world.totals);
  world.totals = null;
  world.now += 46_000;
  expect((await metrics.fresh(asked)).totals).toBeNull();
  expect((await metrics.cached(asked)).totals).toBeNull();
});

test('windows, levels, accounts, bases and organizations never share an answer', async () => {
  const { world, metrics } = stage();
  await metrics.fresh(question);
  for (const other of [
    { window: { days: 7 } as const },
    { level: 'campaign' as const },
    { accountExternalId: '2' },
    { basis: 'cash' as const },
    { window: { since: '2026-10-24', until: '2026-11-20' } },
  ])
    expect(ids(await metrics.cached({ ...question, ...other })), JSON.stringify(other)).toEqual([]);
  world.organization = 'org_2';
  expect(ids(await metrics.cached(question))).toEqual([]);
});

test("when the window moves to another day, yesterday's answers go", async () => {
  const { world, metrics } = stage();
  await metrics.fresh(question);
  world.until = '2026-11-21';
  await metrics.fresh({ ...question, ids: ['3'] });
  expect(ids(await metrics.cached({ ...question, ids: ['1', '2', '3'] }))).toEqual(['3']);
});

test('the next life of the background paints from what the last one knew', async () => {
  const { metrics, saves, area } = stage();
  await metrics.fresh(question);
  for (const save of saves) save();
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
  const next = stage(area);
  expect(ids(await next.metrics.cached(question))).toEqual(['1', '2']);
  expect(next.bodies).toEqual([]);
});

test('at most four calls start in any second', async () => {
  let now = 0;
  const pace = createPacer(
    4,
    1000,
    () => now,
    async (ms) => {
      now += ms;
    },
  );
  const starts: number[] = [];
  await Promise.all(
    Array.from({ length: 13 }, async () => {
      await pace();
      starts.push(now);
    }),
  );
  for (const start of starts) expect(starts.filter((at) => at >= start && at < start + 1000).length).toBeLessThanOrEqual(4);
});
