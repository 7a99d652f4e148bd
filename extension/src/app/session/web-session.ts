import { ApiError, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';

export interface WebSessionParts {
  /** Calls public contracts; the browser adds the refresh cookie, which scripts cannot read. */
  api: ApiClient;
  /** Keeps the retry id across a reload, so that an answer lost on the way can be asked for again. */
  store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** One refresh at a time over all tabs: the cookie is shared and can be used once. */
  exclusive<T>(work: () => Promise<T>): Promise<T>;
  newRetryId(): string;
  now(): number;
}

const RETRY_KEY = 'inlay.refresh-retry';
/** The API repeats an answer for 30 s; asked a little earlier than that. */
const RETRY_MS = 25_000;
const MARGIN_MS = 30_000;

export interface WebSession {
  me(): Promise<Me | null>;
  /** Authorization header of the session. @throws ApiError 401 when nobody is signed in */
  authorize(renew: boolean): Promise<Record<string, string>>;
  accept(tokens: Tokens): void;
  end(): Promise<void>;
  onChange(cb: (me: Me | null) => void, signal: AbortSignal): void;
}

interface Held {
  token: string;
  endsAt: number;
  me: Me;
}

/** Access token in memory only; refresh token in an HttpOnly cookie. */
export function createWebSession({ api, store, exclusive, newRetryId, now }: WebSessionParts): WebSession {
  let held: Held | null = null;
  let renewal: Promise<Held> | null = null;
  const listeners = new Set<(me: Me | null) => void>();
  const tell = (me: Me | null) => {
    for (const listener of listeners) listener(me);
  };

  const accept = (tokens: Tokens): Held => {
    const taken = { token: tokens.accessToken, endsAt: now() + tokens.expiresIn * 1000, me: tokens.me };
    held = taken;
    store.removeItem(RETRY_KEY);
    tell(taken.me);
    return taken;
  };
  const forget = () => {
    const was = held;
    held = null;
    store.removeItem(RETRY_KEY);
    if (was !== null) tell(null);
  };
  const renewOnce = async (): Promise<Held> => {
    const retryId = pendingRetry(store, now()) ?? newRetryId();
    store.setItem(RETRY_KEY, JSON.stringify({ retryId, at: now() }));
    try {
      return accept(await api.call(identity.refresh, { body: { retryId } }));
    } catch (cause) {
      if (isRefusal(cause)) forget();
      throw cause;
    }
  };
  const renew = () =>
    (renewal ??= exclusive(renewOnce).finally(() => {
      renewal = null;
    }));

  return {
    async me() {
      try {
        return (held ?? (await renew())).me;
      } catch (cause) {
        if (isRefusal(cause)) return null;
        throw cause;
      }
    },
    async authorize(forced) {
      const living = !forced && held !== null && held.endsAt - now() >= MARGIN_MS ? held : await renew();
      return { authorization: `Bearer ${living.token}` };
    },
    accept: (tokens) => void accept(tokens),
    async end() {
      await api.call(identity.signOut, { body: {} });
      forget();
    },
    onChange(cb, signal) {
      listeners.add(cb);
      signal.addEventListener('abort', () => listeners.delete(cb), { once: true });
    },
  };
}

/** The service knows this session no more, or never did; a pause or a fault of its own says nothing about it. */
function isRefusal(cause: unknown): boolean {
  return cause instanceof ApiError && cause.problem.status < 500 && cause.problem.status !== 429;
}

function pendingRetry(store: WebSessionParts['store'], now: number): string | null {
  const text = store.getItem(RETRY_KEY);
  if (text === null) return null;
  const { retryId, at } = JSON.parse(text) as { retryId: string; at: number };
  return now - at < RETRY_MS ? retryId : null;
}
