import { underFaults } from '../core/under-faults.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { authorize, discovery, revoke, token } from './sign-in.ts';
import type { Holder } from './tokens.ts';
import { GoogleStore, SPOILS, type GoogleAccount, type Spoil } from './store.ts';

export interface GoogleVendor extends Vendor {
  readonly store: GoogleStore;
  /** A ready access token for a person, as after a finished consent. */
  issueToken(scopes: readonly string[], email?: string): string;
  /** Who holds an access token, and whether it still works: what Google's other services ask before they answer. */
  holderOf(token: string): Holder | null;
  expireTokens(): void;
  /** Some addresses of these hosts belong to another of Google's services. */
  lend(host: string, paths: readonly string[], handle: Vendor['handle']): void;
}

const HOSTS = new Set(['accounts.google.com', 'oauth2.googleapis.com', 'www.googleapis.com']);
/** How long Google lets its keys be kept: about as long as it does. */
const KEYS_KEPT_S = 20_000;

/**
 * Google as a provider of identities (OpenID Connect with PKCE) and of access to its other services. Controls under /_sandbox/google/…:
 * - POST accounts {email, name?, emailVerified?}: makes or changes one
 * - PUT settings {spoil: one of SPOILS | null}: what is wrong with the tokens from now on
 * - POST rotate: the next key signs
 * - POST tokens {email?, scopes}: a ready access token
 * - POST expire-tokens: every access token stops working; refresh tokens live on
 * - POST revoke-access {email}: the person takes the app's access away
 */
export function createGoogle(core: SandboxCore): GoogleVendor {
  const store = new GoogleStore(core);
  const lent: { host: string; paths: readonly string[]; handle: Vendor['handle'] }[] = [];
  const issueToken = (scopes: readonly string[], email?: string): string => {
    const account = email === undefined ? store.accounts[0] : store.account(email);
    if (account === undefined) throw new Error('there is no Google account');
    return store.tokens.grant(account.sub, scopes, false).access_token;
  };
  return {
    name: 'google',
    store,
    issueToken,
    holderOf: (token) => store.tokens.holderOf(token),
    expireTokens: () => store.tokens.expireAll(),
    lend: (host, paths, handle) => lent.push({ host, paths, handle }),
    serves: (host) => HOSTS.has(host),
    handle: async (request) => {
      const url = new URL(request.url);
      const other = lent.find(({ host, paths }) => host === url.hostname && paths.some((path) => url.pathname.startsWith(path)));
      if (other !== undefined) return other.handle(request);
      const called = `${request.method} ${url.hostname}${url.pathname}`;
      if (called === 'GET accounts.google.com/o/oauth2/v2/auth') return authorize(store, url);
      const text = await request.text();
      const answers: Record<string, () => Response | Promise<Response>> = {
        'GET accounts.google.com/.well-known/openid-configuration': () => Response.json(discovery),
        'POST oauth2.googleapis.com/token': () => token(store, new URLSearchParams(text)),
        'POST oauth2.googleapis.com/revoke': () => revoke(store, new URLSearchParams(text).get('token') ?? url.searchParams.get('token')),
        'GET www.googleapis.com/oauth2/v3/certs': async () =>
          Response.json(await store.keys.shown(), {
            headers: { 'cache-control': `public, max-age=${KEYS_KEPT_S}, must-revalidate, no-transform` },
          }),
      };
      const apply = answers[called];
      if (!apply) return Response.json({ error: { code: 404, message: 'Not Found', status: 'NOT_FOUND' } }, { status: 404 });
      return underFaults(core, {
        vendor: 'google',
        key: called,
        isWrite: request.method === 'POST',
        apply,
        throttled: () => Response.json({ error: { code: 429, status: 'RESOURCE_EXHAUSTED' } }, { status: 429 }),
        failed: () => Response.json({ error: 'internal_failure' }, { status: 500 }),
      });
    },
    control: async (method, path, body) => {
      const given = (body ?? {}) as { email?: string; name?: string; emailVerified?: boolean; spoil?: string | null; scopes?: string[] };
      if (method === 'POST' && path === 'accounts' && given.email !== undefined)
        return store.account(given.email, given.name, given.emailVerified);
      if (method === 'PUT' && path === 'settings') {
        store.spoil = SPOILS.find((one): one is Spoil => one === given.spoil) ?? null;
        return { spoil: store.spoil };
      }
      if (method === 'POST' && path === 'tokens' && given.scopes !== undefined)
        return { access_token: issueToken(given.scopes, given.email) };
      if (method === 'POST' && path === 'expire-tokens') {
        store.tokens.expireAll();
        return {};
      }
      if (method === 'POST' && path === 'revoke-access' && given.email !== undefined) {
        store.tokens.revokePerson(store.account(given.email).sub);
        return {};
      }
      if (method === 'POST' && path === 'rotate') {
        store.keys.rotate();
        return {};
      }
      return undefined;
    },
    objects: () => ({ accounts: store.accounts }),
    snapshot: () => structuredClone({ accounts: store.accounts, codes: store.codes, tokens: store.tokens.snapshot() }),
    restore: (state) => {
      const saved = state as {
        accounts: GoogleAccount[];
        codes: GoogleStore['codes'];
        tokens: ReturnType<GoogleStore['tokens']['snapshot']>;
      };
      store.accounts = saved.accounts;
      store.codes = saved.codes;
      store.tokens.restore(saved.tokens);
      store.spoil = null;
    },
  };
}
