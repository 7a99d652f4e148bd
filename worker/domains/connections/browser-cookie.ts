import { randomSecret } from '../../kernel/bytes.ts';

const NAME = 'inlay_connect';
const MINUTES = 10;

/**
 * The browser that asked to connect is the one that must come back: a consent link sent to somebody else would otherwise bring that
 * person's account into the sender's organization. The secret lives in a cookie of ours and, hashed into the state, in Postgres.
 */
export function browserSecret(request: Request): { secret: string; cookie: string } {
  const secret = readBrowserSecret(request) ?? randomSecret();
  const secure = new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';
  return { secret, cookie: `${NAME}=${secret}; Path=/v1/connections; HttpOnly; SameSite=Lax; Max-Age=${MINUTES * 60}${secure}` };
}

/** Null in a browser that began nothing in the last minutes. */
export function readBrowserSecret(request: Request): string | null {
  const found = request.headers
    .get('cookie')
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${NAME}=`))
    ?.slice(NAME.length + 1);
  return found !== undefined && /^[A-Za-z0-9_-]{43}$/.test(found) ? found : null;
}
