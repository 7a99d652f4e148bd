import { refreshCookie } from './refresh-cookie.ts';

/** What a route may do to its answer. */
export interface Answering {
  request: Request;
  setHeader(name: string, value: string): void;
}

/** The web home never sees its refresh token: it goes into the cookie, not the body. */
export function withCookie<T extends { refreshToken: string }>({ refreshToken, ...rest }: T, parts: Answering): Omit<T, 'refreshToken'> {
  parts.setHeader('set-cookie', refreshCookie(parts.request, refreshToken));
  return rest;
}
