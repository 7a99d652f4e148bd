import { expect, test } from 'vitest';
import { runHook } from './testing/run-hook.ts';
import { usePages, type Page } from './use-pages.ts';

interface Named extends Page<string> {
  title: string;
}

/** A list whose answers come when the test says so. */
function stage() {
  const asked: { key: string; cursor: string | undefined; answer: (page: Named) => void; fail: (cause: Error) => void }[] = [];
  const list = runHook(
    (key: string) => usePages<string, Named>(key, (cursor) => new Promise((answer, fail) => asked.push({ key, cursor, answer, fail }))),
    'a' as string,
  );
  const open = (key: string) => asked.findLast((one) => one.key === key) as (typeof asked)[number];
  return { list, asked, open };
}

test('an answer to an older question changes nothing, neither the rows nor what is said beside them', async () => {
  const { list, open } = stage();
  await list.settled();
  list.give('b');
  await list.settled();
  open('b').answer({ title: 'B', rows: ['b1'], nextCursor: null });
  await list.settled();
  open('a').answer({ title: 'A', rows: ['a1'], nextCursor: null });
  await list.settled();
  expect([list.now().rows, list.now().last?.title, list.now().state]).toEqual([['b1'], 'B', 'ready']);
});

test('the next page stands behind the first; a reload reads as many pages again', async () => {
  const { list, asked, open } = stage();
  await list.settled();
  open('a').answer({ title: 'A', rows: ['a1'], nextCursor: 'c1' });
  await list.settled();
  list.now().more?.();
  await list.settled();
  expect(open('a').cursor).toBe('c1');
  open('a').answer({ title: 'A', rows: ['a2'], nextCursor: null });
  await list.settled();
  expect([list.now().rows, list.now().more]).toEqual([['a1', 'a2'], null]);
  const before = asked.length;
  list.now().reload();
  await list.settled();
  open('a').answer({ title: 'A', rows: ['a1 again'], nextCursor: 'c1' });
  await list.settled();
  open('a').answer({ title: 'A', rows: ['a2 again'], nextCursor: null });
  await list.settled();
  expect([list.now().rows, asked.length - before]).toEqual([['a1 again', 'a2 again'], 2]);
});

test('a failure keeps what was there and says so', async () => {
  const { list, open } = stage();
  await list.settled();
  open('a').answer({ title: 'A', rows: ['a1'], nextCursor: null });
  await list.settled();
  list.now().reload();
  await list.settled();
  open('a').fail(new Error('away'));
  await list.settled();
  expect([list.now().state, list.now().rows, list.now().error]).toEqual(['failed', ['a1'], new Error('away')]);
});
