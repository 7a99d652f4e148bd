import type { Outside } from './http/send.ts';

/** Our app at a platform. */
export interface AppCredentials {
  id: string;
  secret: string;
}
/** What a platform lets us do, and for how long: `expiresAt` null = it does not end, `refreshToken` null = there is none. */
export interface TokenGrant {
  accessToken: string;
  refreshToken: string | null;
  expiresAt: Date | null;
  scopes: string[];
  /** What is connected: a person, a shop domain, a portal. */
  externalUserId: string;
  displayName: string;
}

/**
 * How a platform is connected, whatever family it belongs to. `shop` is the host to connect to where every customer has an own one,
 * else null. The PKCE pair is always offered; a platform that has no PKCE leaves it out. All calls throw PlatformError.
 */
export interface ConnectOAuth {
  /** codeChallenge: S256 of PKCE (RFC 7636). */
  authorizeUrl(app: AppCredentials, input: { redirectUri: string; state: string; codeChallenge: string; shop: string | null }): string;
  /** Is the callback's query the platform's own? Only for platforms that sign it. */
  verifyCallback?(app: AppCredentials, query: URLSearchParams): Promise<boolean>;
  /** Code to the longest grant there is. */
  exchange(
    outside: Outside,
    app: AppCredentials,
    input: { code: string; redirectUri: string; codeVerifier: string; shop: string | null },
  ): Promise<TokenGrant>;
  renew(
    outside: Outside,
    app: AppCredentials,
    grant: { accessToken: string; refreshToken: string | null; externalId: string },
  ): Promise<TokenGrant>;
  revoke(outside: Outside, app: AppCredentials, accessToken: string, externalId: string): Promise<void>;
}
