import { randomSecret } from './bytes.ts';

/** A cookie that tells the browser that began something from any other. */
export interface BrowserCookie {
  name: string;
  path: string;
  minutes: number;
}

/** Null when the browser sent no such cookie, or an empty one. */
export function readCookie(request: Request, name: string): string | null {
  const found = request.headers
    .get('cookie')
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`));
  return found?.slice(name.length + 1) || null;
}

/** What keeps a cookie off plain connections, wherever there are others. */
export const onlySecure = (request: Request): string =>
  new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';

/**
 * The browser that asked is the one that must come back: a consent link sent to somebody else would otherwise bring that person's account
 * to the sender. The secret lives in a cookie of ours and, hashed into the state, in Postgres.
 */
export function browserSecret(request: Request, kind: BrowserCookie): { secret: string; cookie: string } {
  const secret = readBrowserSecret(request, kind) ?? randomSecret();
  return {
    secret,
    cookie: `${kind.name}=${secret}; Path=${kind.path}; HttpOnly; SameSite=Lax; Max-Age=${kind.minutes * 60}${onlySecure(request)}`,
  };
}

/** Null in a browser that began nothing in the last minutes. */
export function readBrowserSecret(request: Request, { name }: BrowserCookie): string | null {
  const found = readCookie(request, name);
  return found !== null && /^[A-Za-z0-9_-]{43}$/.test(found) ? found : null;
}

/** What is stored of a state: without the browser's own secret nothing is found. */
export const boundState = (state: string, browser: string): string => `${state}|${browser}`;

/** A path on our own origin to come back to: nothing a browser could read as another host. */
export const isOwnPath = (path: string): boolean => /^\/(?![/\\])[^\\\s]*$/.test(path);
