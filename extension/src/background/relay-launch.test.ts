import { expect, test } from 'vitest';
import { ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { ApiGateway } from './api-gateway.ts';
import { readEvents } from './read-events.ts';
import { relayLaunch } from './relay-launch.ts';

const bytes = (...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
      controller.close();
    },
  });
const launch = (state: LaunchSummary['state']): LaunchSummary => ({
  id: 'lch_1',
  name: 'né',
  state,
  accountId: 'acc_1',
  platform: 'meta',
  accountName: 'A',
  accountExternalId: '1',
  currency: 'EUR',
  planHash: 'h',
  capMinor: 1,
  counts: { media: 0, campaign: 1, ad_set: 1, creative: 1, ad: 1, total: 4 },
  byState: { PLANNED: 0, READY: 0, SENDING: 0, CREATED: 1, VERIFIED: 0, ACTIVE: 0, REJECTED: 0, HELD: 0, CANCELLED: 0, UNDONE: 0 },
  createdAt: '2026-11-20T00:00:00Z',
  createdBy: 'p',
  approvedAt: null,
  approvedBy: null,
  approval: { needsSecondPerson: false, you: 'may', asked: null, declined: null, isVoid: false, approvedUntil: null },
  activatedAt: null,
  attention: null,
  callsMade: 3,
  adoptions: 0,
  incidents: 0,
  strays: 0,
  undo: null,
  estimate: null,
});
const event = (state: LaunchSummary['state']): string => `event: launch\ndata: ${JSON.stringify(launch(state))}\n\n`;

test('events are whole however their bytes are cut, with any line ends, comments skipped', async () => {
  const text = ': hello\r\n\r\nevent: launch\r\ndata: {"a":\r\ndata: "é"}\r\n\r\ndata:x\n\n';
  const all = new TextEncoder().encode(text);
  for (let cut = 1; cut < all.length; cut += 1) {
    const seen = [];
    for await (const one of readEvents(bytes(all.slice(0, cut), all.slice(cut)))) seen.push(one);
    expect(seen, `cut at ${cut}`).toEqual([
      { event: 'launch', data: '{"a":\n"é"}' },
      { event: 'message', data: 'x' },
    ]);
  }
});

test('a cut stream is opened again, a refusal ends the watching', async () => {
  const answers: (() => Promise<Response>)[] = [
    async () => new Response(bytes(event('running'))),
    async () => {
      throw new ApiUnreachable('cut');
    },
    async () => new Response('', { status: 503 }),
    async () => new Response(bytes(event('running'), event('verified'))),
    async () => new Response('', { status: 404 }),
  ];
  const paths: string[] = [];
  const gateway = {
    openEvents: (path: string) => {
      paths.push(path);
      return (answers.shift() as () => Promise<Response>)();
    },
  } as unknown as ApiGateway;
  const seen: string[] = [];
  const waits: number[] = [];
  await relayLaunch(
    gateway,
    'lch_1',
    ({ state }) => seen.push(state),
    new AbortController().signal,
    async (ms) => {
      waits.push(ms);
    },
  );
  expect(seen).toEqual(['running', 'running', 'verified']);
  expect(paths).toEqual(Array.from({ length: 5 }, () => '/v1/launches/lch_1/events'));
  // The pause grows over the failures and starts over with news.
  expect(waits).toEqual([500, 1000, 2000, 500]);
});

test('an event that does not fit the contract is not passed on', async () => {
  const gateway = { openEvents: async () => new Response(bytes('event: launch\ndata: {"id":"lch_1"}\n\n')) } as unknown as ApiGateway;
  const seen: unknown[] = [];
  await relayLaunch(
    gateway,
    'lch_1',
    (one) => seen.push(one),
    new AbortController().signal,
    async () => {},
  );
  expect(seen).toEqual([]);
});
