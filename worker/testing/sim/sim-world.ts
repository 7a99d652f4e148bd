import pg from 'pg';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { localVars } from '../../../local/local-secrets.ts';
import type { FaultPlan } from '../../../sandbox/core/faults.ts';
import { seededNumber } from '../../../sandbox/core/seeded.ts';
import { readSettings, type Bindings } from '../../env.ts';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { createPorts } from '../../kernel/create-ports.ts';
import type { Database } from '../../kernel/database.ts';
import type { JobMessage } from '../../kernel/define-job.ts';
import { createKeyRing } from '../../kernel/secret-box.ts';
import { createLog } from '../../observability/log.ts';
import { tokenPlace } from '../../domains/connections/places.ts';
import { count, freshBucket, learn, take, type BucketState, type Outcomes, type Wanted } from '../../durable/token-bucket.ts';
import type { Pace, Usage } from '../../platforms/ads/ad-platform.ts';
import { openCallBook, type CallBook } from './call-book.ts';
import { createFaultyQueue, type QueueFaults } from './faulty-queue.ts';
import { openSimDatabase } from './sim-database.ts';
import { createSimAccount, type SimAccount } from './sim-account.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface WorldOptions {
  clock: VirtualClock;
  databaseUrl: (user: string) => string;
  seed: number;
  platforms: readonly AdPlatformId[];
  /** Accounts per platform, each with an organization of its own. */
  accounts: number;
  /** Ads of each account's launch. */
  ads: number | ((n: number) => number);
  faults: FaultPlan;
  queue: QueueFaults;
  mutant: string | null;
  deliver: (message: JobMessage) => void;
}
export interface SeatedAccount extends SimAccount {
  organizationId: string;
  accountId: string;
  ads: number;
  /** Requests that make something, by when they left. */
  creates: number[];
}
export interface SimWorld {
  ports: Ports;
  accounts: SeatedAccount[];
  /** Every call at a platform, by what it is for. */
  calls: CallBook;
  db: pg.Client;
  context(organizationId: string): Context;
  /** The next number of the simulation's own dice. */
  roll(): number;
  close(): Promise<void>;
}

/** Times as in production: what the guide's settle window is made for. */
const TIMES = { SETTLE_WINDOW_MS: '200000', SEARCH_GAP_MS: '20000', CALL_TIMEOUT_MS: '30000' };

/** The engine's whole surroundings: Postgres for truth, everything else simulated. */
export async function createWorld(options: WorldOptions): Promise<SimWorld> {
  const { clock } = options;
  const db = new pg.Client({ connectionString: options.databaseUrl('postgres') });
  await db.connect();
  let rolled = 0;
  const roll = () => seededNumber(options.seed, `simulation ${(rolled += 1)}`);
  const accounts: SeatedAccount[] = [];
  const queue = createFaultyQueue(clock, roll, options.queue, options.deliver);
  const stored = new Map<string, Uint8Array<ArrayBuffer>>();
  const bindings = {
    LAUNCH_QUEUE: queue,
    WEBHOOK_QUEUE: queue,
    JOB_QUEUE: queue,
    MAIL_QUEUE: queue,
    DELIVERY_QUEUE: queue,
    RAW: {},
    MEDIA: {
      head: async (key: string) => ({ size: stored.get(key)?.length ?? 0 }),
      get: async (key: string) => {
        const bytes = stored.get(key);
        return bytes ? { arrayBuffer: async () => bytes.slice().buffer } : null;
      },
    },
    CALL_LIMIT: {},
    RATE_BUDGET: createBudgets(clock),
    PROGRESS_ROOM: { idFromName: (name: string) => name, get: () => ({ nudge: async () => undefined }) },
    ...(options.mutant === null ? {} : { INLAY_MUTANT: options.mutant }),
  } as unknown as Bindings;
  const settings = readSettings({
    ...bindings,
    ...localVars({
      databaseUrl: options.databaseUrl('inlay_api'),
      neonProxyPort: 0,
      outsideOrigin: 'http://simulated.test',
      workerOrigin: 'http://simulated.test',
      extensionIds: 'a'.repeat(32),
    }),
    ...TIMES,
  });
  const calls = openCallBook(options.platforms);
  const timeoutMs = settings.CALL_TIMEOUT_MS;
  const base = createPorts({
    settings,
    bindings,
    database: counted(openSimDatabase(options.databaseUrl('inlay_api')), clock),
    log: createLog(),
    waitUntil: () => undefined,
  });
  const ports: Ports = {
    ...base,
    now: () => new Date(clock.now()),
    sleep: (ms) => clock.sleep(ms),
    outside: (url, init) => callOut(accounts, calls, clock, timeoutMs, url, init),
  };
  for (const platform of options.platforms)
    for (let n = 0; n < options.accounts; n += 1) {
      const ads = typeof options.ads === 'number' ? options.ads : options.ads(n);
      const account = await createSimAccount(platform, clock, options.seed * 1_000 + accounts.length, options.faults, ads);
      accounts.push({ ...(await seat(db, ports, account, accounts.length, stored)), ads, creates: [] });
    }
  return {
    ports,
    accounts,
    calls,
    db,
    roll,
    context: (organizationId) =>
      createContext(ports, organizationId, {
        kind: 'user',
        userId: organizationId.replace('org_', 'usr_'),
        sessionId: '',
        role: 'owner',
        permissions: ['*:*'],
        clientId: null,
        provenAt: ports.now(),
      }),
    async close() {
      calls.close();
      await base.database.close();
      await db.end();
    },
  };
}

/** Postgres is real: the clock waits for it. */
function counted(database: Database, clock: VirtualClock): Database {
  const wrap = (inner: Database): Database => ({
    ...inner,
    traced: (trace) => wrap(inner.traced(trace)),
    within: (scope) => {
      const walled = inner.within(scope);
      return {
        read: (build) => clock.real(walled.read(build)),
        transaction: (work) => clock.real(walled.transaction(work)),
      };
    },
  });
  return wrap(database);
}

/** The pacer's own rules on the simulated clock, a bucket per name. */
function createBudgets(clock: VirtualClock): unknown {
  const buckets = new Map<string, BucketState>();
  return {
    idFromName: (name: string) => name,
    get: (name: string) => ({
      async take(wanted: Wanted, usage: Usage | null, outcomes: Outcomes, pace: Pace) {
        const now = clock.now();
        const known = buckets.get(name) ?? freshBucket(now, pace);
        const taken = take(count(usage ? learn(known, usage, now, pace) : known, outcomes, now, pace), wanted, now, pace);
        buckets.set(name, taken.state);
        return { granted: taken.granted, waitMs: taken.waitMs };
      },
      tier: async () => buckets.get(name)?.tier ?? null,
    }),
  };
}

/** A call reaches the platform whose token it carries; what is not answered in time ends as it would in the Worker. */
async function callOut(
  accounts: readonly SeatedAccount[],
  calls: CallBook,
  clock: VirtualClock,
  timeoutMs: number,
  url: string,
  init: RequestInit = {},
): Promise<Response> {
  const { signal: _, ...rest } = init;
  const request = new Request(url, rest as RequestInit);
  const { headers } = request;
  const token = headers.get('authorization')?.replace(/^Bearer /, '') ?? headers.get('access-token') ?? calls.token();
  const account = accounts.find((one) => one.accessToken === token);
  if (!account) throw new Error(`no simulated account has the token of a call to ${new URL(url).host}`);
  const purpose = calls.onCall(account.platform);
  if (purpose === 'create' || (purpose === 'file' && request.method !== 'GET')) account.creates.push(clock.now());
  return new Promise((resolve, reject) => {
    const cancel = clock.timer(timeoutMs, () => reject(new DOMException('The operation timed out.', 'TimeoutError')));
    account.handle(request).then(
      (response) => {
        cancel();
        if (response === null) reject(new TypeError('The connection was cut.'));
        else resolve(response);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}

/** An organization with this account connected, its page known and its files stored. */
async function seat(
  db: pg.Client,
  ports: Ports,
  account: SimAccount,
  n: number,
  stored: Map<string, Uint8Array<ArrayBuffer>>,
): Promise<Omit<SeatedAccount, 'ads' | 'creates'>> {
  const id = (prefix: string) => `${prefix}_${String(n).padStart(26, '0')}`;
  const [organizationId, connectionId, accountId] = [id('org'), id('con'), id('acc')];
  const ring = createKeyRing(ports.settings.KEY_ENCRYPTION_KEYS);
  const { wrappedDataKey, keyVersion } = await ring.newDataKey();
  await db.query(
    `insert into organizations (id, name, slug, currency, timezone, wrapped_data_key, key_version) values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      organizationId,
      `Simulated ${n}`,
      `simulated-${n}`,
      account.plan.settings.currency,
      account.plan.settings.timezone,
      wrappedDataKey,
      keyVersion,
    ],
  );
  // Only a person approves: the owner.
  const owner = id('usr');
  await db.query(`insert into users (id, email, email_key, name) values ($1, $2, $2, 'Simulated')`, [owner, `${owner}@example.com`]);
  await db.query(`insert into memberships (organization_id, user_id, role) values ($1, $2, 'owner')`, [organizationId, owner]);
  const token = await (
    await ring.open({ wrappedDataKey, keyVersion })
  ).seal(tokenPlace(organizationId, 'access_token', connectionId), account.accessToken);
  await db.query(
    `insert into connections (id, organization_id, provider, external_id, display_name, status, access_token, scopes, issued_at) values ($1, $2, $3, $4, 'Simulated', 'active', $5, '[]', now())`,
    [connectionId, organizationId, account.platform, `user-${n}`, token],
  );
  await db.query(
    `insert into ad_accounts (id, organization_id, connection_id, platform, external_id, name, currency, timezone, status) values ($1, $2, $3, $4, $5, 'Simulated', $6, $7, 'active')`,
    [
      accountId,
      organizationId,
      connectionId,
      account.platform,
      account.externalId,
      account.plan.settings.currency,
      account.plan.settings.timezone,
    ],
  );
  for (const page of account.pages)
    await db.query(
      `insert into pages (organization_id, external_id, connection_id, name, access_token) values ($1, $2, $3, 'Simulated', 'none')`,
      [organizationId, page, connectionId],
    );
  for (const [i, file] of account.files.entries()) {
    const key = `${organizationId}/${file.sha256}`;
    stored.set(key, file.bytes);
    await db.query(
      `insert into media (id, organization_id, sha256, file_name, kind, content_type, bytes, width, height, storage_key, state, created_by) values ($1, $2, $3, $4, 'image', 'image/png', $5, $6, $7, $8, 'ready', 'simulation')`,
      [`med_${n}_${i}`, organizationId, file.sha256, file.fileName, file.bytes.length, file.width, file.height, key],
    );
  }
  return { ...account, organizationId, accountId };
}
