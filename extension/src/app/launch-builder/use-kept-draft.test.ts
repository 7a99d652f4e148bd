import { beforeEach, expect, test, vi } from 'vitest';

const { store, page } = vi.hoisted(() => {
  const page = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  return { page, store: { kept: null as unknown } };
});
vi.mock('./draft-store.ts', () => ({
  loadDraft: async () => store.kept,
  saveDraft: async (_: string, draft: unknown) => {
    store.kept = draft;
  },
  clearDraft: async () => {
    store.kept = null;
  },
}));

import { runHook } from '../testing/run-hook.ts';
import { emptyDraft, type Draft } from './draft.ts';
import { useKeptDraft, type KeptDraft } from './use-kept-draft.ts';

const draft = (name: string): Draft => ({ ...emptyDraft('acc_1', 'key'), name });
const restored = vi.fn<(event: unknown) => void>();
async function open(first: Draft) {
  const hook = runHook<Draft, KeptDraft>((given) => useKeptDraft('me', given, restored), first);
  await vi.waitFor(() => expect(hook.now().restored).toBe(true));
  await hook.settled();
  return hook;
}
beforeEach(() => {
  store.kept = null;
  restored.mockClear();
});

test('a draft that is only looked at is not written, a change is, shortly after', async () => {
  const hook = await open(draft(''));
  expect(store.kept).toBeNull();
  hook.give(draft('Spring'));
  await vi.waitFor(() => expect(store.kept).toMatchObject({ name: 'Spring' }));
  await vi.waitFor(() => expect(hook.now().isKept).toBe(true));
});

test('what was kept comes back', async () => {
  store.kept = draft('Earlier');
  await open(draft(''));
  expect(restored).toHaveBeenCalledWith({ type: 'restored', draft: draft('Earlier') });
});

test.each(['pagehide', 'visibilitychange'])('the last letters before %s are kept without waiting', async (event) => {
  const hook = await open(draft(''));
  hook.give(draft('The last word'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(store.kept).toBeNull();
  page.dispatchEvent(new Event(event));
  expect(store.kept).toMatchObject({ name: 'The last word' });
});

test('what was launched or begun anew is forgotten, also by a save that was under way', async () => {
  const hook = await open(draft(''));
  hook.give(draft('Spring'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  hook.now().forget();
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(store.kept).toBeNull();
});
