import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { ProvidedContext } from 'vitest';
import * as identity from '#shared/contracts/identity.ts';
import { createApiClient, type ApiClient } from '#shared/api-client/create-api-client.ts';
import type {} from '../../local/test-setup.ts';
import { browserClient } from '../../local/browser-client.ts';
import { localVars } from '../../local/local-secrets.ts';
import { runWorker, type RunningWorker } from '../../local/run-worker.ts';
import { createSandbox, noFaults, type Sandbox } from '../../sandbox/index.ts';
import { askToSignUp } from './ask-to-sign-up.ts';

export interface Member {
  token: string;
  organizationId: string;
  userId: string;
  email: string;
  api: ApiClient;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}
export interface TestWorker {
  readonly origin: string;
  /** Postgres as superuser: sees through every wall. */
  readonly db: pg.Client;
  readonly sandbox: Sandbox;
  readonly mf: RunningWorker['mf'];
  /** Calls without a session. */
  readonly api: ApiClient;
  /** A browser of its own, which keeps the cookies it is given. */
  browser(): ApiClient;
  /** An owner, signed in. The form and its mail are walked through only for who chooses a password; otherwise what they leave is put there. */
  signUp(
    overrides?: Partial<{
      email: string;
      password: string;
      currency: string;
      timezone: string;
      organizationName: string;
      locale: 'en' | 'fr' | 'ar';
    }>,
  ): Promise<Member>;
  /** The secret of the newest mail's link to this address, as soon as it came. */
  linkFromMail(email: string): Promise<string>;
  runCron(at?: Date): Promise<void>;
  /** Waits until `done` is truthy; fails with `what` after `timeoutMs`. */
  until<T>(what: string, done: () => Promise<T | null | undefined | false>, timeoutMs?: number): Promise<T>;
  /** Ends workerd without warning (queued messages are lost, as locally they are) and starts it again on the same data. */
  restart(): Promise<void>;
  /** @throws when a request sent to Meta or an answer given in its name broke the published spec */
  stop(): Promise<void>;
}

export interface TestWorkerOptions {
  vars?: Record<string, string>;
  demo?: boolean;
  seed?: number;
  cronEverySeconds?: number;
  onOutput?: (text: string) => void;
}

const setup = <K extends keyof ProvidedContext>(key: K): ProvidedContext[K] => inject(key);

/** A fresh database, a fresh sandbox and the real bundle in workerd. Times of the exactly-once clockwork are scaled to seconds. */
export async function startWorker(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const database = `t_${randomBytes(6).toString('hex')}`;
  const admin = new pg.Client({ connectionString: setup('postgresUrl') });
  await admin.connect();
  await admin.query(`create database ${database} template tmpl`);
  const url = (user: string) => `postgres://${user}:${user}@127.0.0.1:${setup('postgresPort')}/${database}`;
  const db = new pg.Client({ connectionString: url('postgres') });
  db.on('error', () => undefined);
  await db.connect();
  const mutant = options.vars?.['INLAY_MUTANT'] ?? process.env['INLAY_MUTANT'];
  if (mutant === 'no-rls' || mutant === 'no-filter-no-rls') await withoutWalls(db);

  const sandbox = await createSandbox({ seed: options.seed ?? 1, demo: options.demo ?? false, faults: noFaults() });
  const vars: Record<string, string> = {
    ...localVars({
      databaseUrl: url('inlay_api'),
      neonProxyPort: setup('neonProxyPort'),
      outsideOrigin: sandbox.url,
      workerOrigin: 'http://127.0.0.1',
      extensionIds: 'a'.repeat(32),
    }),
    SETTLE_WINDOW_MS: '1500',
    SEARCH_GAP_MS: '300',
    CALL_TIMEOUT_MS: '700',
    ...options.vars,
    ...(mutant ? { INLAY_MUTANT: mutant } : {}),
  };
  let worker: RunningWorker;
  const start = async () => {
    worker = await runWorker({
      bundleDir: setup('bundleDir'),
      quiet: !process.env['INLAY_LOG'],
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
      ...(options.cronEverySeconds ? { cronEverySeconds: options.cronEverySeconds } : {}),
      vars,
    });
    sandbox.setWorkerOrigin(worker.origin);
  };
  await start();

  const send = (path: string, init?: RequestInit) => fetch(worker.origin + path, init);
  const fetchHere = (address: string, init: RequestInit) => send(address.slice('http://worker'.length), init);
  const browser = () => browserClient('http://worker', fetchHere);
  const client = (token?: string): ApiClient =>
    createApiClient({
      origin: 'http://worker',
      fetch: fetchHere,
      ...(token ? { authorize: async () => ({ authorization: `Bearer ${token}` }) } : {}),
    });
  const api = client();
  const until: TestWorker['until'] = async (what, done, timeoutMs = 10_000) => {
    const start = Date.now();
    for (;;) {
      const result = await done();
      if (result) return result;
      const waited = Date.now() - start;
      if (waited > timeoutMs) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}`);
      // Asking is work for everybody who is waited for: who waits longer asks more rarely, and is late by a tenth at most.
      await new Promise((resolve) => setTimeout(resolve, Math.min(150, Math.max(20, waited / 10))));
    }
  };
  const linkFromMail: TestWorker['linkFromMail'] = (email) =>
    until(
      `a mail with a link reaches ${email}`,
      async () =>
        sandbox.mailbox.mails.findLast((mail) => mail.to.includes(email) && mail.text?.includes('#'))?.text?.match(/#([\w-]+)/)?.[1],
    );
  const signedUp = async (body: Parameters<typeof askToSignUp>[2] & { password: string }) => {
    const own = browser();
    await own.call(identity.signUp, { body });
    return own.call(identity.confirmSignUp, { body: { token: await linkFromMail(body.email) } });
  };
  const confirmed = async (asked: Parameters<typeof askToSignUp>[2]) => {
    const asks = await askToSignUp(db, vars['KEY_ENCRYPTION_KEYS'] as string, asked);
    return browserClient('http://worker', (address, init) =>
      fetchHere(address, { ...init, headers: { ...(init.headers as Record<string, string>), cookie: asks.cookie } }),
    ).call(identity.confirmSignUp, { body: { token: asks.token } });
  };
  return {
    until,
    linkFromMail,
    get origin() {
      return worker.origin;
    },
    get mf() {
      return worker.mf;
    },
    db,
    sandbox,
    api,
    browser,
    async signUp(overrides = {}) {
      const email = overrides.email ?? `person-${randomBytes(4).toString('hex')}@example.com`;
      const { password, ...asked } = { name: 'Test person', organizationName: 'Test organization', ...overrides, email };
      const tokens = password === undefined ? await confirmed(asked) : await signedUp({ ...asked, password });
      const { organization } = tokens.me;
      if (!organization) throw new Error('Who signed up has an organization.');
      return {
        token: tokens.accessToken,
        organizationId: organization.id,
        userId: tokens.me.user.id,
        email,
        api: client(tokens.accessToken),
        fetch: (path, init = {}) => send(path, { ...init, headers: { authorization: `Bearer ${tokens.accessToken}`, ...init.headers } }),
      };
    },
    runCron: (at) => worker.cron(at),
    async restart() {
      await worker.stop();
      await start();
    },
    async stop() {
      await worker.stop();
      await sandbox.close();
      await db.end();
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [database]);
      await admin.query(`drop database ${database}`).catch(() => undefined);
      await admin.end();
      const { violations } = sandbox.log;
      if (violations.length > 0) throw new Error(`Against the published spec: ${JSON.stringify(violations.slice(0, 10), null, 1)}`);
    },
  };
}

/** The mutant: the second wall is down. */
async function withoutWalls(db: pg.Client): Promise<void> {
  await db.query(
    `do $$ declare t text; begin for t in select relname from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace loop execute format('alter table %I disable row level security', t); end loop; end $$`,
  );
}
