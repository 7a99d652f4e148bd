import { ApiError, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import type { Area } from '../storage/area.ts';
import { base64url, challengeOf } from './pkce.ts';

export interface SessionParts {
  /** Memory of the browser session, closed to content scripts. */
  area: Area;
  /** Calls public contracts only. */
  api: ApiClient;
  authorizeUrl: string;
  redirectUri: string;
  openAuthFlow(details: { url: string; interactive: boolean }): Promise<string | undefined>;
  now(): number;
  random(bytes: number): Uint8Array;
}

interface Held {
  accessToken: string;
  expiresAt: number;
  refreshToken: string;
}
interface Renewing {
  refreshToken: string;
  retryId: string;
  at: number;
}

/** An access token is renewed this long before its end. */
const MARGIN_MS = 30_000;
/** The API gives the same answer to the same refresh token and retry id for 30 s; we stop repeating a little earlier. */
const RETRY_MS = 25_000;

/** Sign-in by PKCE and a rotating refresh token. Everything lives in `area`: the background may die at any await. */
export function createSession(parts: SessionParts) {
  const { area, api, now } = parts;
  let renewal: Promise<Held> | null = null;

  /** @param refreshToken the one held so far, for an answer that renews the access token only */
  const keep = async (tokens: Tokens, refreshToken = tokens.refreshToken): Promise<Held> => {
    if (refreshToken === undefined) throw new Error('The token answer for the extension has no refresh token.');
    const held = { accessToken: tokens.accessToken, expiresAt: now() + tokens.expiresIn * 1000, refreshToken };
    await area.set({ tokens: held, me: tokens.me });
    await area.remove(['renewing']);
    return held;
  };
  const forget = async (): Promise<void> => {
    await area.remove(['tokens', 'me', 'renewing', ...(await area.keys()).filter((key) => key.startsWith('metrics:'))]);
  };
  const renew = async (): Promise<Held> => {
    const held = await area.get<Held>('tokens');
    if (held === undefined) throw notSignedIn();
    const last = await area.get<Renewing>('renewing');
    const repeat = last !== undefined && last.refreshToken === held.refreshToken && now() - last.at < RETRY_MS;
    const renewing: Renewing = repeat ? last : { refreshToken: held.refreshToken, retryId: base64url(parts.random(16)), at: now() };
    // Written before the call: if we die before the answer, the next life asks the same question and gets the same tokens.
    await area.set({ renewing });
    try {
      return await keep(await api.call(identity.refresh, { body: { refreshToken: renewing.refreshToken, retryId: renewing.retryId } }));
    } catch (cause) {
      if (cause instanceof ApiError && cause.problem.status === 401) await forget();
      throw cause;
    }
  };

  return {
    async me(): Promise<Me | null> {
      return (await area.get<Me>('me')) ?? null;
    },
    /** The API told a newer truth about the signed-in person or organization. */
    async update(me: Me): Promise<void> {
      if ((await area.get<Held>('tokens')) !== undefined) await area.set({ me });
    },
    /** The same session in another organization: a new access token, the refresh token stays; figures of the old one go. */
    async accept(tokens: Tokens): Promise<void> {
      // A renewal that is under way brings another refresh token; the older one must not come back over it.
      await renewal?.catch(() => null);
      const held = await area.get<Held>('tokens');
      if (held === undefined) throw notSignedIn();
      await keep(tokens, tokens.refreshToken ?? held.refreshToken);
      await area.remove((await area.keys()).filter((key) => key.startsWith('metrics:')));
    },
    /** @throws ApiError not_signed_in when there is no session */
    async headers(refresh: boolean): Promise<Record<string, string>> {
      let held = await area.get<Held>('tokens');
      if (held === undefined) throw notSignedIn();
      if (refresh || held.expiresAt - now() < MARGIN_MS)
        held = await (renewal ??= renew().finally(() => {
          renewal = null;
        }));
      return { authorization: `Bearer ${held.accessToken}` };
    },
    /** Without `interactive` nothing is shown: it succeeds only while the web app's own session lives. */
    async signIn(interactive: boolean): Promise<Me> {
      const verifier = base64url(parts.random(48));
      const state = base64url(parts.random(16));
      const url = new URL(parts.authorizeUrl);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: 'inlay-extension',
        redirect_uri: parts.redirectUri,
        state,
        code_challenge: await challengeOf(verifier),
        code_challenge_method: 'S256',
        ...(interactive ? {} : { prompt: 'none' }),
      }).toString();
      const answer = new URL((await parts.openAuthFlow({ url: url.href, interactive })) ?? 'about:blank');
      if (!answer.href.startsWith(parts.redirectUri)) throw new Error('The sign-in window came back to an address that is not ours.');
      if (answer.searchParams.get('state') !== state) throw new Error('The sign-in answer belongs to another question.');
      const code = answer.searchParams.get('code');
      if (code === null) throw new Error(`Sign-in was refused: ${answer.searchParams.get('error')}.`);
      await forget();
      const tokens = await api.call(identity.exchangeCode, {
        body: { clientId: 'inlay-extension', code, codeVerifier: verifier, redirectUri: parts.redirectUri },
      });
      await keep(tokens);
      return tokens.me;
    },
    async signOut(): Promise<void> {
      const held = await area.get<Held>('tokens');
      await forget();
      if (held !== undefined) await api.call(identity.signOut, { body: { refreshToken: held.refreshToken } });
    },
  };
}
export type Session = ReturnType<typeof createSession>;

export function notSignedIn(): ApiError {
  return new ApiError({
    type: 'about:blank',
    title: 'Sign in to continue',
    status: 401,
    detail: 'You are signed out of Inlay. Sign in to continue.',
    code: 'not_signed_in',
    requestId: 'extension',
  });
}
