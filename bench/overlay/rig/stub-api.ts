import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import type { MetricsAnswer } from '#shared/contracts/metrics.ts';
import { ACCOUNT } from './account.ts';
import { answerFor, figureOf } from './oracle.ts';

type BlankReason = Extract<MetricsAnswer, { blank: string }>['blank'];

export interface StubApi {
  origin: string;
  /** Paths asked, in order. */
  calls: { method: string; path: string; body: unknown; authorization: string | null }[];
  /** Answer nothing but 503. */
  down: boolean;
  /** Milliseconds before each look-up is answered. */
  delayMs: number;
  /** Answer every call with 401 and refuse refreshes. */
  expired: boolean;
  /** Answer every id with this reason and give no totals. */
  blank: BlankReason | null;
  close(): Promise<void>;
}

export const ME: Me = {
  user: { id: 'usr_bench', email: 'person-1@example.com', name: 'Person 1', locale: 'en', isStaff: false },
  organization: {
    id: 'org_bench',
    name: 'Bench',
    slug: 'bench',
    logo: null,
    currency: 'EUR',
    timezone: 'Europe/Paris',
    locale: 'en',
    targetRoasMilli: 2000,
    floorRoasMilli: 1000,
    attributionModel: 'last_touch',
    attributionWindowDays: 28,
    namingPolicy: null,
    deletionDueAt: null,
  },
  client: null,
  supportUntil: null,
  role: 'owner',
  permissions: ['insights:read', 'leads:read', 'organization:read'],
};

/** The few answers the overlay needs, at the API's own addresses and shapes. Used by the bench and by the overlay's scenarios. */
export async function startStubApi(): Promise<StubApi> {
  const stub: Omit<StubApi, 'origin' | 'close'> = { calls: [], down: false, delayMs: 0, expired: false, blank: null };
  const server = createServer((request, reply) => {
    void answer(stub, request, reply);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return Object.assign(stub, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

async function answer(stub: Omit<StubApi, 'origin' | 'close'>, request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://stub');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const body: unknown = text === '' ? null : JSON.parse(text);
  stub.calls.push({ method: request.method ?? 'GET', path: url.pathname, body, authorization: request.headers.authorization ?? null });
  const json = (value: unknown, status = 200): void => {
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const problem = (status: number, code: string): void =>
    json({ type: 'about:blank', title: code, status, detail: code, code, requestId: 'req_stub' }, status);

  if (stub.down) return problem(503, 'unavailable');
  if (stub.expired) return problem(401, 'not_signed_in');
  if (url.pathname === '/authorize') {
    // Stands for the web app's page with a living session: it goes back at once.
    const to = new URL(url.searchParams.get('redirect_uri') as string);
    to.searchParams.set('code', `code-${url.searchParams.get('code_challenge')}`);
    to.searchParams.set('state', url.searchParams.get('state') as string);
    reply.writeHead(302, { location: to.href }).end();
    return;
  }
  if (url.pathname === '/v1/oauth/token' || url.pathname === '/v1/auth/refresh') {
    const given: Tokens = {
      accessToken: `access-${stub.calls.length}`,
      expiresIn: 900,
      refreshToken: `refresh-${stub.calls.length}`,
      me: ME,
    };
    return json(given);
  }
  if (url.pathname === '/v1/auth/sign-out') return json({});
  if (url.pathname === '/v1/me') return json(ME);
  if (url.pathname === '/v1/metrics/look-up') {
    if (stub.delayMs > 0)
      await new Promise((resolve) => {
        setTimeout(resolve, stub.delayMs);
      });
    return json(lookUp(body as LookUp, stub.blank));
  }
  if (url.pathname === '/v1/lead-card') return json(LEAD_CARD);
  problem(404, 'not_found');
}

interface LookUp {
  accountExternalId: string;
  level: 'campaign' | 'ad_set' | 'ad';
  ids: string[];
  window: { since?: string; until?: string };
  basis: 'accrual' | 'cash';
  withTotals: boolean;
}

function lookUp({ accountExternalId, level, ids, window, basis, withTotals }: LookUp, blank: BlankReason | null): unknown {
  const known = accountExternalId === ACCOUNT;
  const totals = {
    figure: figureOf('12049999'),
    allRevenueMinor: 900_000,
    paidMinor: 700_000,
    unpaidMinor: 92_000,
    unmatchedMinor: 108_000,
    unmatchedPermille: 120,
  };
  return {
    account: known ? { id: 'acc_bench', name: 'Bench account', currency: 'EUR', timezone: 'Europe/Paris' } : null,
    definition: known
      ? {
          id: 'def_1',
          currency: 'EUR',
          timezone: 'Europe/Paris',
          since: window.since ?? '2026-10-24',
          until: window.until ?? '2026-11-20',
          model: 'last',
          basis,
          attributionWindowDays: 28,
          dataVersion: 7,
        }
      : null,
    answers: ids.map((id) => (blank === null ? answerFor(accountExternalId, level, id) : { id, blank })),
    freshness: {
      spendAt: new Date(Date.now() - 600_000).toISOString(),
      revenueAt: new Date(Date.now() - 60_000).toISOString(),
      spendFrom: '2026-08-01',
      revenueFrom: '2026-08-01',
      leadsFrom: '2026-08-01',
      revenueGap: null,
      leadsGap: null,
    },
    totals: known && withTotals && blank === null ? totals : null,
  };
}

const LEAD_CARD = {
  matched: true,
  reason: null,
  source: {
    platform: 'meta',
    campaign: 'Campaign 1',
    adSet: 'Ad set 3',
    ad: 'Ad 17',
    adId: '12040000000016',
    form: 'Autumn form',
    firstTouchAt: '2026-11-02T09:00:00Z',
    latestTouchAt: '2026-11-05T10:00:00Z',
    managerUrl: 'https://adsmanager.facebook.com/',
  },
  cost: { allocatedMinor: 700, daySpendMinor: 2100, dayLeads: 3, day: '2026-11-02', cohortCostPerLeadMinor: 820, currency: 'EUR' },
  returns: { wonMinor: 16_000, refundedMinor: 2000, orders: 2, currency: 'EUR' },
  leadRoasMilli: 20_000,
  cohort: figureOf('12040000000016'),
  why: { matchedBy: 'e-mail', exact: true },
  asOf: '2026-11-20T06:00:00Z',
  definitionId: 'def_1',
  windowDays: 28,
  model: 'last',
};
