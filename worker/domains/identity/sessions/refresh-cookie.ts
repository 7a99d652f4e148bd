import { onlySecure, readCookie } from '../../../kernel/browser-cookie.ts';
import { SESSION_DAYS } from './open-session.ts';

const NAME = 'inlay_refresh';

/** The web home keeps its refresh token where page script cannot read it; the extension keeps its own in trusted storage. */
export const refreshCookie = (request: Request, token: string | null): string =>
  `${NAME}=${token ?? ''}; Path=/v1/auth; HttpOnly; SameSite=Strict; Max-Age=${token ? SESSION_DAYS * 86_400 : 0}${onlySecure(request)}`;

export const readRefreshCookie = (request: Request): string | null => readCookie(request, NAME);
