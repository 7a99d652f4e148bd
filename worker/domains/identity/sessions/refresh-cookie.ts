const NAME = 'inlay_refresh';

/** The web home keeps its refresh token where page script cannot read it; the extension keeps its own in trusted storage. */
export function refreshCookie(request: Request, token: string | null): string {
  const secure = new URL(request.url).protocol === 'https:' || request.headers.get('x-forwarded-proto') === 'https' ? '; Secure' : '';
  return `${NAME}=${token ?? ''}; Path=/v1/auth; HttpOnly; SameSite=Strict; Max-Age=${token ? 30 * 86_400 : 0}${secure}`;
}

export function readRefreshCookie(request: Request): string | null {
  const found = request.headers
    .get('cookie')
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${NAME}=`));
  return found?.slice(NAME.length + 1) || null;
}
