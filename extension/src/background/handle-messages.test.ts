import { expect, test } from 'vitest';
import { createMessageHandler, type Handlers } from './handle-messages.ts';

const self = { id: 'abc', origin: 'chrome-extension://abc' };
const called: string[] = [];
const handlers = new Proxy(
  {},
  {
    get: (_, kind: string) => async (ask: unknown) => {
      called.push(kind);
      return ask;
    },
  },
) as Handlers;
const handle = createMessageHandler(handlers, self);

const ours = { id: 'abc', url: 'chrome-extension://abc/app.html' };
const content = { id: 'abc', url: 'https://adsmanager.facebook.com/adsmanager/manage/ads?act=1', frameId: 0, tab: { id: 7 } };
const question = { accountExternalId: '1', level: 'ad', window: { days: 28 }, basis: 'accrual', ids: ['12'], withTotals: false };
const state = { kind: 'overlay.state', ask: { page: null } };

test('senders that are not our extension, or not where our script stands, get no answer at all', () => {
  for (const sender of [
    { ...ours, id: 'other' },
    { ...content, url: 'https://evil.example.com/' },
    { ...content, url: 'https://www.facebook.com/groups/1' },
    { ...content, frameId: 3 },
    { ...content, tab: undefined },
    { ...content, url: 'https://adsmanager.facebook.com.evil.example/' },
    { id: 'abc', url: 'chrome-extension://abcd/app.html' },
    { id: 'abc' },
  ])
    expect(handle(state, sender), JSON.stringify(sender)).toBeNull();
  expect(handle(state, content)).not.toBeNull();
});

test('a content script may ask overlay questions and nothing else', async () => {
  called.length = 0;
  for (const kind of ['api.call', 'session.get', 'session.signIn', 'session.signOut', 'prefs.set', 'consent.give', 'page.current'])
    expect(await handle({ kind, ask: kind === 'session.signIn' ? { interactive: true } : null }, content), kind).toMatchObject({
      ok: false,
      failure: { kind: 'refused' },
    });
  expect(called).toEqual([]);
  expect(await handle({ kind: 'overlay.metrics', ask: question }, content)).toMatchObject({ ok: true });
});

test('a question must be in the set and have its exact shape', async () => {
  called.length = 0;
  for (const message of [
    null,
    'overlay.state',
    {},
    { kind: 'toString', ask: null },
    { kind: '__proto__', ask: null },
    { kind: 'overlay.metrics', ask: { ...question, ids: ['abc'] } },
    { kind: 'overlay.metrics', ask: { ...question, ids: Array.from({ length: 201 }, () => '1') } },
    { kind: 'overlay.metrics', ask: { ...question, url: 'https://x' } },
    { kind: 'overlay.setPrefs', ask: { hidden: true } },
    { kind: 'overlay.state', ask: { page: { platform: 'meta', accountExternalId: '1', level: 'ad', title: 'page text' } } },
  ])
    expect(await handle(message, content), JSON.stringify(message)).toMatchObject({ ok: false, failure: { kind: 'refused' } });
  expect(called).toEqual([]);
});

test("the handler runs before anything is awaited, so a click's permission to open the panel is still good", () => {
  called.length = 0;
  void handle({ kind: 'overlay.openPanel', ask: null }, content);
  expect(called).toEqual(['overlay.openPanel']);
});
