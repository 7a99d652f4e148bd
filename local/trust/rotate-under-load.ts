import { createHash, createHmac } from 'node:crypto';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import * as contracts from '#shared/contracts/index.ts';
import { META_APP } from '../../sandbox/meta/index.ts';
import { connect } from '../connect.ts';
import { DEMO, demoMember, type SignedIn } from '../demo-member.ts';
import { localVars } from '../local-secrets.ts';
import { startNeonProxy } from '../neon-proxy.ts';
import { runWorker, type RunningWorker } from '../run-worker.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import { openFrontDoor } from './front-door.ts';
import { steadyLoad } from './steady-load.ts';

const MEMBERS = 6;
const NEW_APP_SECRET = 'sandbox-meta-secret-of-tomorrow';
const keyOf = (name: string) => createHash('sha256').update(name).digest('base64');

/** `figures.asked` and `figures.perSecond` are requests a second: what was wanted, and what this machine carried. */
interface Rotated {
  ok: boolean;
  figures: Record<string, number | boolean>;
}
/** Of the table's 200 a second and 1/20 of it, which is little; a loaded machine of two cores still answers 40. */
export const FULL_RATE = { asked: 220, least: 200 };
export const CI_RATE = { asked: 40, least: 10 };

/**
 * Every kind of key is changed while people work: the key that wraps secrets, the one that signs sessions, the app's secret at Meta and the
 * secret of an outgoing webhook. Each in the order of docs/operations.md: the new key is told to every Worker, then used, then the old one
 * is taken away. Workers are exchanged behind one door, as a deploy exchanges them.
 * @returns not ok when one request failed, fewer than `least` a second were carried, or anything still opens under the old key
 */
export async function rotateUnderLoad(
  stack: Stack,
  { asked, least }: { asked: number; least: number },
  say: (line: string) => void,
): Promise<Rotated> {
  await stack.worker.stop();
  const proxy = await startNeonProxy({ postgresPort: stack.postgres.port });
  const door = await openFrontDoor();
  stack.sandbox.setWorkerOrigin(door.origin);
  const local = localVars({
    databaseUrl: stack.postgres.url('postgres', 'inlay_api'),
    neonProxyPort: proxy.port,
    outsideOrigin: stack.sandbox.url,
    workerOrigin: door.origin,
    extensionIds: '',
  });
  const [oldKek, newKek] = [keyOf('first kek'), keyOf('second kek')];
  const [oldSession, newSession] = [keyOf('first session'), keyOf('second session')];
  const { SESSION_KEY: _, ...vars } = local;
  const workers: RunningWorker[] = [];
  const deploy = async (what: string, changed: Record<string, string>): Promise<void> => {
    const next = await runWorker({
      bundleDir: path.join(stack.dir, 'bundle'),
      quiet: true,
      cronEverySeconds: 2,
      vars: { ...vars, OTLP_SAMPLE: '0', ...changed },
    });
    workers.push(next);
    await door.switchTo(next.origin);
    // What its queue still holds is in the outbox, and is handed to the next one by cron.
    await workers.at(-2)?.stop();
    say(what);
  };
  const both = {
    KEY_ENCRYPTION_KEYS: JSON.stringify({ 1: oldKek, 2: newKek }),
    SESSION_KEYS: JSON.stringify({ 1: oldSession, 2: newSession }),
  };
  const figures = {
    asked,
    requests: 0,
    failed: 0,
    perSecond: 0,
    signIns: 0,
    connects: 0,
    webhooks: 0,
    rewrapped: 0,
    left: -1,
    oldKeyUnableToDecrypt: false,
  };
  try {
    await deploy('old keys', {
      KEY_ENCRYPTION_KEYS: JSON.stringify({ 1: oldKek }),
      SESSION_KEYS: JSON.stringify({ 1: oldSession }),
    });
    const world = { origin: door.origin, sandbox: stack.sandbox };
    const members: SignedIn[] = [];
    for (let n = 0; n < MEMBERS; n++)
      members.push(await demoMember(world, { email: `rotate-${n}@inlay.test`, organizationName: `Rotation ${n}` }));
    const [first] = members as [SignedIn];
    await connect(first, 'meta');
    const { endpoint } = await first.api.call(contracts.machines.createWebhookEndpoint, {
      body: { url: 'https://receiver.inlay.test/rotated', description: '', events: [] },
    });

    const post = (secret: string, n: number, signal: AbortSignal) => {
      const body = JSON.stringify({ object: 'page', entry: [], n });
      return fetch(`${door.origin}/webhooks/meta`, {
        method: 'POST',
        signal,
        body,
        headers: { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` },
      });
    };
    const READS = ['/v1/me', '/v1/connections', '/v1/ad-accounts', '/v1/organizations'];
    const load = steadyLoad(asked, async (n, signal) => {
      const member = members[n % MEMBERS] as SignedIn;
      if (n % 200 === 50) {
        figures.signIns += 1;
        const answer = await fetch(`${door.origin}/v1/auth/sign-in`, {
          method: 'POST',
          signal,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: member.me.user.email, password: DEMO.password }),
        });
        await answer.arrayBuffer();
        return answer.status;
      }
      if (n % 40 === 20) {
        figures.webhooks += 1;
        const answer = await post(META_APP.secret, n, signal);
        await answer.arrayBuffer();
        return answer.status;
      }
      const answer = await member.fetch(READS[n % READS.length] as string, { signal });
      await answer.arrayBuffer();
      return answer.status;
    });
    // Connecting is several requests, each counted where it fails.
    const enough = new AbortController();
    const connecting = (async () => {
      for (let n = 0; !enough.signal.aborted; n++) {
        await Promise.race([connectOnce(members[n % MEMBERS] as SignedIn), tooLate()]).then(
          () => (figures.connects += 1),
          (error: unknown) => {
            figures.failed += 1;
            say(String(error));
          },
        );
        await wait(1_000);
      }
    })();

    const counted = () =>
      stack.query<{ version: number; n: string }>('select version, sum(n) as n from sealed_versions() group by version order by version');
    const stale = async () => (await counted()).reduce((sum, row) => (row.version === 2 ? sum : sum + Number(row.n)), 0);
    try {
      await deploy('new keys are told to every Worker, none is used', { ...both, KEY_ENCRYPTION_VERSION: '1', SESSION_KEYS_VERSION: '1' });
      META_APP.alsoTaken = NEW_APP_SECRET;
      await deploy("new keys are used; Meta's old secret is still taken", {
        ...both,
        META_APP_SECRET: NEW_APP_SECRET,
        META_APP_SECRET_PREVIOUS: vars['META_APP_SECRET'] as string,
      });
      [META_APP.secret, META_APP.alsoTaken] = [NEW_APP_SECRET, null];
      await first.api.call(contracts.machines.rotateWebhookSecret, { params: { id: endpoint.id } });
      // Sessions renew themselves within fifteen minutes; here at once.
      await Promise.all(members.map((member) => member.renew()));

      figures.rewrapped = await stale();
      await stack.query(`update users set is_staff = true where id = $1`, [first.me.user.id]);
      await first.renew();
      await until(
        'every value is under the new key',
        async () => {
          await first.api.call(contracts.operations.rewrapSealedKeys, {});
          await wait(500);
          return (await stale()) === 0;
        },
        60_000,
      );
      await deploy('the old keys are gone', {
        KEY_ENCRYPTION_KEYS: JSON.stringify({ 2: newKek }),
        SESSION_KEYS: JSON.stringify({ 2: newSession }),
        META_APP_SECRET: NEW_APP_SECRET,
      });
      await wait(3_000);
    } finally {
      enough.abort();
      figures.perSecond = await load.stop();
      await connecting;
    }
    figures.left = await stale();
    figures.requests = load.seen.requests;
    figures.failed += load.seen.failed;
    figures.oldKeyUnableToDecrypt = await opensNothing(stack, oldKek, newKek);
    say(JSON.stringify(load.seen.statuses));
    const isDone = figures.left === 0 && figures.rewrapped > 0 && figures.oldKeyUnableToDecrypt;
    const wasAsked = figures.perSecond >= least && figures.signIns > 0 && figures.connects > 0 && figures.webhooks > 0;
    return { ok: isDone && wasAsked && figures.failed === 0, figures };
  } finally {
    [META_APP.secret, META_APP.alsoTaken] = ['sandbox-meta-secret', null];
    for (const worker of workers) await worker.stop();
    await door.close();
    await proxy.stop();
  }
}

/** Connecting that takes a minute has failed; nobody waits for it for ever. */
async function tooLate(): Promise<never> {
  await wait(60_000, undefined, { ref: false });
  throw new Error('Connecting took more than a minute.');
}

/** The consent page is the sandbox's: when its connection breaks under it, the person goes again. What our side answers counts. */
async function connectOnce(member: SignedIn, tries = 3): Promise<void> {
  await connect(member, 'meta').catch((error: unknown) => {
    if (error instanceof TypeError && tries > 1) return connectOnce(member, tries - 1);
    throw error;
  });
}

/** Whether no sealed value's data key opens under the old key, and each under the new one. */
async function opensNothing(stack: Stack, oldKey: string, newKey: string): Promise<boolean> {
  const rows = await stack.query<{ value: string }>(
    'select access_token as value from connections where access_token is not null union all select wrapped_data_key from organizations',
  );
  const opens = async (key: string, wrapped: string) => {
    const kek = await crypto.subtle.importKey('raw', Buffer.from(key, 'base64'), 'AES-KW', false, ['unwrapKey']);
    return crypto.subtle.unwrapKey('raw', Buffer.from(wrapped, 'base64'), kek, 'AES-KW', 'AES-GCM', true, ['decrypt']).then(
      () => true,
      () => false,
    );
  };
  const checks = await Promise.all(
    rows.map(async ({ value }) => {
      const wrapped = value.startsWith('v2.') ? (value.split('.')[2] as string) : value;
      return !(await opens(oldKey, wrapped)) && (await opens(newKey, wrapped));
    }),
  );
  return checks.length > MEMBERS && checks.every(Boolean);
}
