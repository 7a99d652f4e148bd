import { expect, test } from 'vitest';
import { ApiError, ApiUnreachable, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import { memoryArea, type Area } from '../storage/area.ts';
import { challengeOf } from './pkce.ts';
import { createSession } from './session.ts';

const me: Me = {
  user: { id: 'usr_1', email: 'person-1@example.com', name: 'P', locale: 'en', isStaff: false },
  role: 'owner',
  permissions: [],
  organization: {
    id: 'org_1',
    name: 'O',
    slug: 'o',
    logo: null,
    currency: 'EUR',
    timezone: 'UTC',
    locale: 'en',
    targetRoasMilli: null,
    floorRoasMilli: null,
    attributionModel: 'last_touch',
    attributionWindowDays: 28,
    namingPolicy: null,
    deletionDueAt: null,
  },
  client: null,
  supportUntil: null,
};
const REDIRECT = 'https://abc.chromiumapp.org/signed-in';

interface Asked {
  contract: unknown;
  body: Record<string, string>;
}

function stage(area: Area = memoryArea()) {
  const clock = { now: 1_000_000 };
  const asked: Asked[] = [];
  let answer: (asked: Asked) => Promise<Tokens> = async () => ({
    accessToken: `a${asked.length}`,
    refreshToken: `r${asked.length}`,
    expiresIn: 900,
    me,
  });
  const api: ApiClient = {
    call: (async (contract: unknown, input: { body: Record<string, string> }) => {
      const one = { contract, body: input.body };
      asked.push(one);
      return answer(one);
    }) as unknown as ApiClient['call'],
  };
  let flow: (url: URL) => string | undefined = (url) => `${REDIRECT}?code=the-code&state=${url.searchParams.get('state')}`;
  const flows: URL[] = [];
  const make = () =>
    createSession({
      area,
      api,
      authorizeUrl: 'https://api.example.com/authorize',
      redirectUri: REDIRECT,
      now: () => clock.now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
      openAuthFlow: async ({ url }) => {
        const opened = new URL(url);
        flows.push(opened);
        return flow(opened);
      },
    });
  return {
    area,
    clock,
    asked,
    flows,
    make,
    session: make(),
    answer: (by: typeof answer) => {
      answer = by;
    },
    flow: (by: typeof flow) => {
      flow = by;
    },
  };
}

const refuse = (status: number) => new ApiError({ type: '', title: '', status, detail: '', code: 'not_signed_in', requestId: '' });

test('sign-in proves its challenge: the verifier sent for the code hashes to what the page was given', async () => {
  const { session, asked, flows } = stage();
  expect(await session.signIn(true)).toEqual(me);
  const opened = flows[0] as URL;
  expect(Object.fromEntries(opened.searchParams)).toMatchObject({
    response_type: 'code',
    client_id: 'inlay-extension',
    redirect_uri: REDIRECT,
    code_challenge_method: 'S256',
  });
  const exchange = asked[0] as Asked;
  expect(exchange.contract).toBe(identity.exchangeCode);
  expect(await challengeOf(exchange.body['codeVerifier'] as string)).toBe(opened.searchParams.get('code_challenge'));
  expect(identity.exchangeCode.body?.safeParse(exchange.body).success).toBe(true);
  expect(await session.headers(false)).toEqual({ authorization: 'Bearer a1' });
});

test('an answer with another state, another address or an error leaves nobody signed in', async () => {
  for (const reply of [`${REDIRECT}?code=x&state=forged`, 'https://evil.example.com/?code=x', undefined]) {
    const { session, flow, asked } = stage();
    flow(() => reply);
    await expect(session.signIn(true)).rejects.toThrow();
    expect([await session.me(), asked.length]).toEqual([null, 0]);
  }
  const { session, flow } = stage();
  flow((url) => `${REDIRECT}?error=access_denied&state=${url.searchParams.get('state')}`);
  await expect(session.signIn(false)).rejects.toThrow('access_denied');
});

test('many calls at the end of a token make one refresh', async () => {
  const { session, asked, clock } = stage();
  await session.signIn(true);
  clock.now += 890_000;
  const headers = await Promise.all([1, 2, 3, 4].map(() => session.headers(false)));
  expect(asked.filter(({ contract }) => contract === identity.refresh)).toHaveLength(1);
  expect(new Set(headers.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer a2']));
});

test('a refresh whose answer was lost is repeated with the same token and retry id, even by the next life of the background', async () => {
  const { session, asked, clock, answer, make } = stage();
  await session.signIn(true);
  clock.now += 890_000;
  answer(async () => {
    throw new ApiUnreachable('cut');
  });
  await expect(session.headers(false)).rejects.toThrow('cut');
  answer(async () => ({ accessToken: 'new', refreshToken: 'next', expiresIn: 900, me }));
  clock.now += 5_000;
  expect(await make().headers(false)).toEqual({ authorization: 'Bearer new' });
  const [first, second] = asked.filter(({ contract }) => contract === identity.refresh);
  expect(second?.body).toEqual(first?.body);
});

test("after the API's memory of a retry has ended a fresh retry id is used", async () => {
  const { session, asked, clock, answer } = stage();
  await session.signIn(true);
  clock.now += 890_000;
  answer(async () => {
    throw new ApiUnreachable('cut');
  });
  await expect(session.headers(false)).rejects.toThrow();
  clock.now += 31_000;
  await expect(session.headers(false)).rejects.toThrow();
  const [first, second] = asked.filter(({ contract }) => contract === identity.refresh);
  expect(second?.body['retryId']).not.toBe(first?.body['retryId']);
});

test('a refused refresh signs out and takes cached figures along; an unreachable API does neither', async () => {
  const { session, area, clock, answer } = stage();
  await session.signIn(true);
  await area.set({ 'metrics:org_1': { answers: {} } });
  clock.now += 890_000;
  answer(async () => {
    throw new ApiUnreachable('away');
  });
  await expect(session.headers(false)).rejects.toThrow();
  expect(await session.me()).toEqual(me);
  answer(async () => {
    throw refuse(401);
  });
  await expect(session.headers(false)).rejects.toThrow(ApiError);
  expect([await session.me(), await area.keys()]).toEqual([null, []]);
});

test('sign-out forgets before it tells the API', async () => {
  const { session, answer, area } = stage();
  await session.signIn(true);
  answer(async () => {
    throw new ApiUnreachable('away');
  });
  await expect(session.signOut()).rejects.toThrow();
  expect(await area.keys()).toEqual([]);
});
