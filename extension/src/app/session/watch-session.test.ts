import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { doubtSession, watchSession } from './watch-session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watched() {
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState });
  const stop = new AbortController();
  const look = vi.fn(async () => undefined);
  watchSession(look, page as unknown as Document, stop.signal);
  const show = (state: DocumentVisibilityState) => {
    page.visibilityState = state;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  return { look, stop, show };
}

test('a page that is looked at asks now and then; one that is not asks when it comes back', async () => {
  const { look, show } = watched();
  await vi.advanceTimersByTimeAsync(119_000);
  expect(look).toHaveBeenCalledTimes(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(look).toHaveBeenCalledTimes(1);
  show('hidden');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(look).toHaveBeenCalledTimes(1);
  show('visible');
  await vi.advanceTimersByTimeAsync(0);
  expect(look).toHaveBeenCalledTimes(2);
});

test('a refusal is a reason to look, a handful of them is one', async () => {
  const { look, stop } = watched();
  await vi.advanceTimersByTimeAsync(10_000);
  for (let n = 0; n < 5; n++) doubtSession();
  await vi.advanceTimersByTimeAsync(0);
  doubtSession();
  await vi.advanceTimersByTimeAsync(0);
  expect(look).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(6_000);
  look.mockRejectedValueOnce(new Error('out of reach'));
  doubtSession();
  await vi.advanceTimersByTimeAsync(6_000);
  doubtSession();
  await vi.advanceTimersByTimeAsync(0);
  expect(look).toHaveBeenCalledTimes(3);
  stop.abort();
  await vi.advanceTimersByTimeAsync(600_000);
  doubtSession();
  expect(look).toHaveBeenCalledTimes(3);
});
