import { expect, test } from 'vitest';
import type { MetricsQuestion, MetricsReply, Totals } from '../messaging/overlay-types.ts';
import type { Outcome } from '../messaging/outcome.ts';
import { createMetricsStore, TOO_OLD_MS } from './metrics-store.ts';

/** A page, a background and a clock that stand still until told otherwise. */
function stage(start: { cachedIds?: string[] } = {}) {
  let now = 1_000_000;
  let frames: (() => void)[] = [];
  const timers: { at: number; run: () => void }[] = [];
  const asked: { cached: MetricsQuestion[]; fresh: { at: number; question: MetricsQuestion }[] } = { cached: [], fresh: [] };
  const page = new AbortController();
  let answerFresh: (question: MetricsQuestion) => Outcome<MetricsReply> = (question) => reply(question.ids);
  let visible: string[] = [];
  const definition = {
    id: 'def',
    currency: 'EUR',
    timezone: 'UTC',
    since: '2026-11-01',
    until: '2026-11-19',
    model: 'last',
    basis: 'accrual',
    attributionWindowDays: 28,
    dataVersion: 1,
  } as const;
  const reply = (ids: string[], until = '2026-11-19'): Outcome<MetricsReply> => ({
    ok: true,
    value: {
      account: { name: 'a', currency: 'EUR', timezone: 'UTC' },
      definition: { ...definition, until },
      freshness: null,
      totals: null,
      answers: ids.map((id) => ({ at: now, answer: { id, blank: 'no_insights' } })),
    },
  });
  const store = createMetricsStore({
    question: { accountExternalId: '1', level: 'ad', window: { days: 28 }, basis: 'accrual' },
    cached: async (question) => {
      asked.cached.push(question);
      return reply(question.ids.filter((id) => (start.cachedIds ?? []).includes(id)));
    },
    fresh: async (question) => {
      asked.fresh.push({ at: now, question });
      return answerFresh(question);
    },
    now: () => now,
    nextFrame: (run) => frames.push(run),
    later: (run, ms) => timers.push({ at: now + ms, run }),
    signal: page.signal,
  });
  store.watch(() => visible);
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 10; i += 1) await Promise.resolve();
  };
  return {
    store,
    asked,
    page,
    reply,
    setVisible: (ids: string[]) => {
      visible = ids;
    },
    answer: (by: typeof answerFresh) => {
      answerFresh = by;
    },
    async frame() {
      const due = frames;
      frames = [];
      for (const run of due) run();
      await settle();
    },
    async pass(ms: number) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        now = next.at;
        next.run();
        await settle();
      }
      now = end;
    },
  };
}

test('what the background remembers is painted before anything is asked of the service', async () => {
  const { store, asked, setVisible, frame } = stage({ cachedIds: ['1', '2'] });
  setVisible(['1', '2']);
  store.want();
  store.want();
  expect(asked.cached).toHaveLength(0);
  await frame();
  expect(asked.cached.map((question) => question.ids)).toEqual([['1', '2']]);
  expect(store.get('1')?.answer).toEqual({ id: '1', blank: 'no_insights' });
});

test('a row scrolled away is not asked for, and questions keep to four a second', async () => {
  const { store, asked, setVisible, frame, pass } = stage();
  for (let step = 0; step < 20; step += 1) {
    setVisible([`${step}a`, `${step}b`]);
    store.want();
    await frame();
    await pass(16);
  }
  await pass(1000);
  expect(asked.fresh.length).toBeLessThanOrEqual(6);
  const gaps = asked.fresh.slice(1).map(({ at }, place) => at - (asked.fresh[place] as { at: number }).at);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
  expect(asked.fresh.at(-1)?.question.ids).toEqual(['19a', '19b']);
});

test('no question carries more than 200 ids, and all are asked in the end', async () => {
  const { store, asked, setVisible, frame, pass } = stage();
  const ids = Array.from({ length: 430 }, (_, place) => String(place + 1));
  setVisible(ids);
  store.want();
  for (let n = 0; n < 4; n += 1) {
    await frame();
    await pass(300);
  }
  expect(
    Math.max(...asked.fresh.map(({ question }) => question.ids.length), ...asked.cached.map((question) => question.ids.length)),
  ).toBeLessThanOrEqual(200);
  expect(new Set(asked.fresh.flatMap(({ question }) => question.ids)).size).toBe(430);
});

test('a service that is away is asked ever more rarely, and its figures go after an hour', async () => {
  const { store, asked, setVisible, frame, pass, answer } = stage();
  setVisible(['1']);
  store.want();
  await frame();
  expect(store.get('1')).toBeDefined();
  answer(() => ({ ok: false, failure: { kind: 'unreachable', message: 'away' } }));
  const before = asked.fresh.length;
  for (let minute = 0; minute < 10; minute += 1) {
    await pass(60_000);
    store.want();
    await frame();
  }
  expect(store.failure).toBe('offline');
  expect(asked.fresh.length - before).toBeLessThan(25);
  expect(store.get('1')).toBeDefined();
  await pass(TOO_OLD_MS);
  expect(store.get('1')).toBeUndefined();
});

test('another day or currency empties the store: figures of two windows never stand side by side', async () => {
  const { store, setVisible, frame, pass, answer, reply } = stage();
  setVisible(['1']);
  store.want();
  await frame();
  answer((question) => reply(question.ids, '2026-11-20'));
  setVisible(['2']);
  store.want();
  await frame();
  await pass(300);
  expect([store.get('1'), store.get('2') === undefined]).toEqual([undefined, false]);
});

test("another day takes the former day's totals off and asks for its own at once", async () => {
  const { store, asked, setVisible, frame, pass, answer, reply } = stage();
  const totals = { unmatchedPermille: 10 } as Totals;
  const answered = (question: MetricsQuestion, until: string, sums: Totals | null): Outcome<MetricsReply> => {
    const outcome = reply(question.ids, until);
    return outcome.ok ? { ok: true, value: { ...outcome.value, totals: sums } } : outcome;
  };
  answer((question) => answered(question, '2026-11-19', totals));
  setVisible(['1']);
  store.want();
  await frame();
  expect(store.totals).toBe(totals);
  const midnight = asked.fresh.length;
  answer((question) => answered(question, '2026-11-20', null));
  setVisible(['2']);
  store.want();
  await frame();
  await pass(300);
  expect([store.definition?.until, store.totals]).toEqual(['2026-11-20', null]);
  await pass(300);
  expect(asked.fresh.slice(midnight).map(({ question }) => question.withTotals)).toEqual([false, true]);
});

test('a listener hears nothing more once its own table is gone', async () => {
  const { store, setVisible, frame, pass } = stage();
  const table = new AbortController();
  let told = 0;
  store.onChange(() => {
    told += 1;
  }, table.signal);
  setVisible(['1']);
  store.want();
  await frame();
  await frame();
  const before = told;
  table.abort();
  setVisible(['2']);
  await pass(300);
  await frame();
  expect([before > 0, told, store.get('2') !== undefined]).toEqual([true, before, true]);
});

test('an answer that comes after the page was left changes nothing', async () => {
  const { store, setVisible, frame, page, answer, reply } = stage();
  let told = 0;
  store.onChange(() => {
    told += 1;
  }, page.signal);
  setVisible(['1']);
  answer((question) => {
    page.abort();
    return reply(question.ids);
  });
  store.want();
  await frame();
  expect([told, store.get('1')]).toEqual([0, undefined]);
});

test('an account without a total has the reason of its rows once an answer came, not before, and not while it has one', async () => {
  const { store, setVisible, frame, pass, answer, reply } = stage();
  setVisible(['1']);
  expect(store.noTotal).toBeNull();
  store.want();
  await frame();
  expect(store.noTotal).toBe('no_insights');
  answer(({ ids }) => {
    const given = reply(ids);
    return given.ok ? { ok: true, value: { ...given.value, totals: {} as Totals } } : given;
  });
  await pass(61_000);
  store.want();
  await frame();
  expect([store.noTotal, store.totals]).toEqual([null, {}]);
  answer(({ ids }) => reply(ids));
  await pass(61_000);
  store.want();
  await frame();
  expect([store.noTotal, store.totals]).toEqual(['no_insights', null]);
});

test('without rows on screen a missing total has no reason to give', async () => {
  const { store, frame } = stage();
  store.want();
  await frame();
  expect(store.noTotal).toBe('unsaid');
});
