import { expect, test } from 'vitest';
import { Declined } from './fetch-json.ts';
import { backoffMs, keepFresh, REFRESH_MS } from './keep-fresh.ts';

/** Runs the loop over given answers; it ends when they do. Returns what a person saw and how long was waited. */
async function run(answers: (string | Error)[]) {
  const life = new AbortController();
  const seen: string[] = [];
  const pauses: number[] = [];
  let asked = 0;
  await keepFresh<string>({
    load: async () => {
      const answer = answers[asked];
      asked += 1;
      if (answer === undefined) throw new Error('asked more often than expected');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    show: (value) => seen.push(value),
    showNothing: () => seen.push('—'),
    pause: async (ms) => {
      pauses.push(ms);
      if (asked === answers.length) life.abort();
    },
    random: () => 1,
    signal: life.signal,
  });
  return { seen, pauses, asked };
}
const away = new TypeError('network');

test('figures are refreshed in their interval', async () => {
  expect(await run(['1', '2'])).toEqual({ seen: ['1', '2'], pauses: [REFRESH_MS, REFRESH_MS], asked: 2 });
});

test('an absent API is asked again, ever more rarely, and the first success shows at once', async () => {
  const { seen, pauses } = await run([away, new Declined(503), new Declined(429), '1']);
  expect(seen).toEqual(['—', '—', '—', '1']);
  expect(pauses).toEqual([2000, 4000, 8000, REFRESH_MS]);
});

test('figures on screen outlive a failure', async () => {
  expect((await run(['1', away, '2'])).seen).toEqual(['1', '2']);
});

test('a final refusal takes the figures away and is never repeated', async () => {
  expect(await run(['1', new Declined(403), '2'])).toMatchObject({ seen: ['1', '—'], asked: 2 });
});

test('an answer that comes after the element has gone is not shown', async () => {
  const life = new AbortController();
  const seen: string[] = [];
  await keepFresh<string>({
    load: async () => {
      life.abort();
      return 'figures of another contact';
    },
    show: (value) => seen.push(value),
    showNothing: () => seen.push('—'),
    pause: async () => {},
    random: () => 0,
    signal: life.signal,
  });
  expect(seen).toEqual([]);
});

test('pauses never exceed the refresh interval and never fall below half of their step', () => {
  expect(backoffMs(1, 0)).toBe(1000);
  expect(backoffMs(30, 1)).toBe(REFRESH_MS);
  expect(backoffMs(30, 0)).toBe(REFRESH_MS / 2);
});
