import { createHmac } from 'node:crypto';
import path from 'node:path';
import { Secret, TOTP } from 'otpauth';
import * as contracts from '#shared/contracts/index.ts';
import { createApiClient } from '#shared/api-client/create-api-client.ts';
import { connect } from '../connect.ts';
import { DEMO, signUpByMail } from '../demo-member.ts';
import { localVars } from '../local-secrets.ts';
import { startNeonProxy } from '../neon-proxy.ts';
import { runWorker } from '../run-worker.ts';
import { control } from '../sandbox-control.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';
import type { TrustRow } from './trust-row.ts';

const EMAIL = 'c10-owner@inlay.test';
const PASSWORD = 'a password that nobody else has';
const NEW_PASSWORD = 'another one that nobody else has';
const LEAD = { email: 'c10-lead-4711@example.com', full_name: 'Leadfirstname Leadlastname', phone_number: '06 12 34 00 77' };

/** Everything that makes or takes a secret happens once, then every place that keeps something is read from end to end. */
export const secrets: TrustRow = {
  row: 'C10',
  promise: 'no token, password, code, key or personal word lies in clear in database, storage or logs',
  async run({ stack, say }) {
    await stack.worker.stop();
    const output: string[] = [];
    const proxy = await startNeonProxy({ postgresPort: stack.postgres.port });
    const vars = localVars({
      databaseUrl: stack.postgres.url('postgres', 'inlay_api'),
      neonProxyPort: proxy.port,
      outsideOrigin: stack.sandbox.url,
      workerOrigin: stack.origin,
      extensionIds: '',
    });
    const worker = await runWorker({
      bundleDir: path.join(stack.dir, 'bundle'),
      port: Number(new URL(stack.origin).port),
      cronEverySeconds: 2,
      onOutput: (text) => output.push(text),
      vars,
    });
    try {
      const known = await liveThrough(stack, vars);
      const places = [{ name: 'logs', text: output.join('') }, ...(await tables(stack)), ...(await objects(worker.mf))];
      const hits = new Set<string>();
      for (const { name, text } of places) {
        const lower = text.toLowerCase();
        for (const [what, secret] of known) if (lower.includes(secret.toLowerCase())) hits.add(`${what} in ${name}`);
      }
      for (const hit of hits) say(hit);
      // A dump of nothing holds no secret either.
      const filled = places.filter((place) => place.text !== '').length;
      const figures = {
        secrets: known.length,
        places: places.length,
        filled,
        characters: places.reduce((n, one) => n + one.text.length, 0),
        hits: hits.size,
      };
      return { ok: hits.size === 0 && filled > 15 && known.length > 30 && output.join('').length > 5_000, figures };
    } finally {
      await worker.stop();
      await proxy.stop();
    }
  },
};

/** Each secret with what it is. */
async function liveThrough(stack: Stack, vars: Record<string, string>): Promise<[string, string][]> {
  const known: [string, string][] = [
    ['password', PASSWORD],
    ['new password', NEW_PASSWORD],
    ['phone', '612340077'],
    ['key of our own', JSON.parse(vars['KEY_ENCRYPTION_KEYS'] as string)['1'] as string],
    ...(['SESSION_KEY', 'CLICK_KEY', 'META_APP_SECRET', 'SHOPIFY_CLIENT_SECRET', 'HUBSPOT_CLIENT_SECRET'] as const).map(
      (name): [string, string] => [name, vars[name] as string],
    ),
    ...Object.entries(LEAD).map(([what, word]): [string, string] => [`lead's ${what}`, word]),
    ["lead's last name", 'Leadlastname'],
  ];
  const world = { origin: stack.origin, sandbox: stack.sandbox };
  const open = createApiClient({ origin: stack.origin, fetch });
  const links = async (): Promise<string[]> => {
    const { mails } = await control<{ mails: { text: string | null }[] }>(stack.sandbox, 'GET', 'mailbox');
    return mails.flatMap((mail) => mail.text?.match(/#([\w-]{20,})/)?.[1] ?? []);
  };
  const nextLink = async (ask: () => Promise<unknown>): Promise<string> => {
    const before = new Set(await links());
    await ask();
    return until('a mail with a link', async () => (await links()).find((link) => !before.has(link)), 60_000);
  };
  const note = (what: string, tokens: { accessToken: string; refreshToken?: string | undefined }): void => {
    known.push([`access token (${what})`, tokens.accessToken]);
    if (tokens.refreshToken) known.push([`refresh token (${what})`, tokens.refreshToken]);
  };

  const first = await signUpByMail(world, { email: EMAIL, organizationName: 'C10' });
  note('sign-up', first);
  const used = await nextLink(() => open.call(contracts.identity.sendMagicLink, { body: { email: EMAIL } }));
  const byLink = await open.call(contracts.identity.useMagicLink, { body: { token: used } });
  if ('accessToken' in byLink) note('magic link', byLink);
  await nextLink(() => open.call(contracts.identity.sendMagicLink, { body: { email: EMAIL } })); // stays unused
  const reset = await nextLink(() => open.call(contracts.identity.sendPasswordReset, { body: { email: EMAIL } }));
  await open.call(contracts.identity.resetPassword, { body: { token: reset, password: PASSWORD } });
  const tokens = await open.call(contracts.identity.signIn, { body: { email: EMAIL, password: PASSWORD } });
  if (!('accessToken' in tokens)) throw new Error('No second factor yet.');
  note('sign-in', tokens);
  const authorization = `Bearer ${tokens.accessToken}`;
  const api = createApiClient({ origin: stack.origin, fetch, authorize: async () => ({ authorization }) });
  const ask = (address: string, init: RequestInit = {}) =>
    fetch(stack.origin + address, { ...init, headers: { authorization, ...(init.headers as Record<string, string>) } });

  const { key } = await api.call(contracts.machines.createApiKey, { body: { name: 'C10', scopes: ['insights:read'], expiresInDays: 30 } });
  known.push(['api key', key]);
  await fetch(`${stack.origin}/v1/ad-accounts`, { headers: { authorization: `Bearer ${key}` } });
  const hook = await api.call(contracts.machines.createWebhookEndpoint, {
    body: { url: 'https://receiver.inlay.test/c10', description: '', events: [] },
  });
  const rotated = await api.call(contracts.machines.rotateWebhookSecret, { params: { id: hook.endpoint.id } });
  known.push(['webhook secret', hook.secret.replace('whsec_', '')], ['rotated webhook secret', rotated.secret.replace('whsec_', '')]);
  const invited = await nextLink(() => api.call(contracts.members.invite, { body: { email: 'c10-guest@example.com', role: 'analyst' } }));
  known.push(['invitation', invited]);

  await connect({ fetch: ask }, 'meta');
  await connect({ fetch: ask }, 'hubspot');
  stack.sandbox.meta.addLead({ formId: '108000000000001', adId: '120300000000001', fields: LEAD });
  await until(
    'the lead is here',
    async () =>
      (await stack.query("select 1 from leads where not is_test and received_at > now() - interval '5 minutes' limit 1")).length > 0,
    60_000,
  );
  await ask('/v1/leads?limit=5');
  const body = JSON.stringify({ object: 'page', entry: [], note: LEAD.email });
  for (const secret of ['forged', 'sandbox-meta-secret'])
    await fetch(`${stack.origin}/webhooks/meta`, {
      method: 'POST',
      body: secret === 'forged' ? body : '{"object":"page","entry":[]}',
      headers: {
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret)
          .update(secret === 'forged' ? body : '{"object":"page","entry":[]}')
          .digest('hex')}`,
      },
    });

  const { secret } = await api.call(contracts.account.startSecondFactor, {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const { recoveryCodes } = await api.call(contracts.account.confirmSecondFactor, { body: { code: totp.generate() } });
  known.push(['second factor', secret], ...recoveryCodes.map((code): [string, string] => ['recovery code', code]));
  for (const wrong of [`${PASSWORD} but wrong`, DEMO.password])
    await open.call(contracts.identity.signIn, { body: { email: EMAIL, password: wrong } }).catch(() => undefined);
  await fetch(`${stack.origin}/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"password":"${PASSWORD}`,
  });
  known.push(...(await links()).map((link): [string, string] => ['link of a mail', link]));
  return known;
}

async function tables(stack: Stack): Promise<{ name: string; text: string }[]> {
  const rows = await stack.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`,
  );
  const dump: { name: string; text: string }[] = [];
  for (const { name } of rows) {
    const [row] = await stack.query<{ text: string | null }>(`select string_agg(t::text, E'\\n') as text from "${name}" t`);
    dump.push({ name, text: row?.text ?? '' });
  }
  return dump;
}

/** Names, headers and contents of everything in storage; webhook bodies as they came name leads by id only. */
async function objects(mf: Stack['worker']['mf']): Promise<{ name: string; text: string }[]> {
  const found: { name: string; text: string }[] = [];
  for (const bucket of ['RAW', 'MEDIA']) {
    const store = await mf.getR2Bucket(bucket);
    for (const { key } of (await store.list({ limit: 1_000 })).objects) {
      const object = await store.get(key);
      if (object)
        found.push({
          name: bucket,
          text: `${key} ${JSON.stringify(object.customMetadata ?? {})} ${Buffer.from(await object.arrayBuffer()).toString('latin1')}`,
        });
    }
  }
  return found;
}
