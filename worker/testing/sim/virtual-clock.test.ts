import { expect, test } from 'vitest';
import { createVirtualClock } from './virtual-clock.ts';

test('hours pass at once, in order, and real work is waited for', async () => {
  const clock = createVirtualClock(0);
  const seen: string[] = [];
  const note = (what: string) => seen.push(`${clock.now()} ${what}`);
  clock.timer(7_200_000, () => note('two hours'));
  clock.timer(1_000, () => note('a second'));
  clock.timer(1_000, () => note('the same second, set later'));
  clock.timer(500, () => note('cancelled'))();
  const work = async () => {
    await clock.real(new Promise((resolve) => setTimeout(resolve, 30)));
    note('real work');
    await clock.sleep(2_000);
    note('slept');
    await Promise.all([clock.sleep(5), clock.real(new Promise((resolve) => setTimeout(resolve, 10)))]);
    note('both');
  };
  let isDone = false;
  void work().then(() => (isDone = true));
  await clock.run(() => isDone && seen.length === 6, 10_000_000);
  expect(seen).toEqual(['0 real work', '1000 a second', '1000 the same second, set later', '2000 slept', '2005 both', '7200000 two hours']);
});

test('it ends loudly when nothing can happen any more, or when it takes too long', async () => {
  await expect(createVirtualClock(0).run(() => false, 1_000)).rejects.toThrow('Nothing is left');
  const clock = createVirtualClock(0);
  const again = (): void => void clock.timer(400, again);
  again();
  await expect(clock.run(() => false, 1_000)).rejects.toThrow('not done after 1 s');
});
