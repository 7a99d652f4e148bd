import type { AppCredentials, TokenGrant } from './ads/ad-platform.ts';
import type { Outside } from './http/send.ts';

export type { AppCredentials, TokenGrant } from './ads/ad-platform.ts';

/**
 * How a platform is connected, whatever family it belongs to. `shop` is the host to connect to where every customer has an own one,
 * else null. The PKCE pair is always offered; a platform that has no PKCE leaves it out. All calls throw PlatformError.
 */
export interface ConnectOAuth {
  authorizeUrl(app: AppCredentials, input: { redirectUri: string; state: string; codeChallenge: string; shop: string | null }): string;
  /** Is the callback's query the platform's own? Only for platforms that sign it. */
  verifyCallback?(app: AppCredentials, query: URLSearchParams): Promise<boolean>;
  /** Code to the longest grant there is; externalUserId names what is connected (person, shop domain, portal). */
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
