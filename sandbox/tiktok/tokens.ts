import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { CODES, TiktokError } from './tiktok-error.ts';

/** `alsoTaken` is a second secret while the app's secret is being changed. */
export const TIKTOK_APP: { readonly id: string; secret: string; alsoTaken: string | null } = {
  id: '7400000000000000001',
  secret: 'sandbox-tiktok-secret',
  alsoTaken: null,
};

/**
 * What the app may do, as numbers in `scope` [T: integers]. Which number means what, and that the new Smart+ permissions are
 * numbers among them, is unverified [K]; the permission names are the guide's.
 */
export const SCOPES = {
  accounts: 1,
  ads: 2,
  audiences: 3,
  reports: 4,
  creative: 6,
  pixels: 8,
  leads: 11,
  identities: 15,
  smartPlus: 21,
} as const;
export type Scope = keyof typeof SCOPES;
export const ALL_SCOPES = Object.keys(SCOPES) as Scope[];

export interface TiktokToken {
  token: string;
  advertiserIds: string[];
  scopes: Scope[];
  issuedAt: number;
  /** Null = does not expire by itself. */
  expiresAt: number | null;
  refreshToken: string | null;
  refreshUntil: number | null;
  calls: number;
  state: 'expired' | 'live' | 'revoked';
}

interface AuthCode {
  code: string;
  advertiserIds: string[];
  expiresAt: number;
}

const CODE_MS = 3_600_000;
const SHORT_MS = 86_400_000;
const REFRESH_MS = 365 * 86_400_000;

/** Codes of finished logins, and the tokens they were exchanged for. */
export class TiktokTokens {
  #core: SandboxCore;
  #tokens = new Map<string, TiktokToken>();
  #codes = new Map<string, AuthCode>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  issueCode(advertiserIds: string[]): string {
    const code = this.#secret('code');
    this.#codes.set(code, { code, advertiserIds, expiresAt: this.#core.now() + CODE_MS });
    this.#core.touch();
    return code;
  }

  /** A code lives one hour and works once [D]. */
  redeemCode(code: string): string[] {
    const grant = this.#codes.get(code);
    this.#codes.delete(code);
    if (grant === undefined || grant.expiresAt < this.#core.now()) {
      throw new TiktokError(CODES.badAuthCode, 'The auth_code is invalid, has expired or has been used.');
    }
    return grant.advertiserIds;
  }

  issue(wish: { advertiserIds: string[]; scopes?: readonly Scope[]; shape: 'creator' | 'long-lived' }): TiktokToken {
    const issuedAt = this.#core.now();
    const isShort = wish.shape === 'creator';
    const made: TiktokToken = {
      token: this.#secret('token'),
      advertiserIds: wish.advertiserIds,
      scopes: [...(wish.scopes ?? ALL_SCOPES)],
      issuedAt,
      expiresAt: isShort ? issuedAt + SHORT_MS : null,
      refreshToken: isShort ? this.#secret('refresh') : null,
      refreshUntil: isShort ? issuedAt + REFRESH_MS : null,
      calls: 0,
      state: 'live',
    };
    this.#tokens.set(made.token, made);
    this.#core.touch();
    return made;
  }

  /** A new access token under the same refresh token; the old one lives until its own end. */
  refresh(refreshToken: string): TiktokToken {
    const known = [...this.#tokens.values()].find((one) => one.refreshToken === refreshToken);
    if (known === undefined || known.state === 'revoked') throw new TiktokError(CODES.badRefresh, 'The refresh_token is invalid.');
    if ((known.refreshUntil ?? 0) <= this.#core.now()) throw new TiktokError(CODES.refreshExpired, 'The refresh_token has expired.');
    const made = this.issue({ advertiserIds: known.advertiserIds, scopes: known.scopes, shape: 'creator' });
    made.refreshToken = known.refreshToken;
    made.refreshUntil = known.refreshUntil;
    return made;
  }

  /** The token behind a call, or 40102, 40104, 40105. Counts the call against `expireTokenAfterCalls`. */
  accept(token: string | null): TiktokToken {
    if (token === null || token === '') throw new TiktokError(CODES.noToken, 'Access token is missing.');
    const known = this.#tokens.get(token);
    if (known === undefined || known.state === 'revoked') {
      throw new TiktokError(CODES.wrongToken, 'Access token is incorrect or has been revoked.');
    }
    const { plan } = this.#core.faults;
    if (plan.expireTokenAfterCalls !== undefined && this.#core.faults.covers('tiktok') && known.calls >= plan.expireTokenAfterCalls)
      known.state = 'expired';
    if (known.state === 'expired' || (known.expiresAt !== null && known.expiresAt <= this.#core.now())) {
      throw new TiktokError(CODES.expiredToken, 'Access token has expired.');
    }
    known.calls += 1;
    return known;
  }

  revoke(token: string): TiktokToken {
    const known = this.accept(token);
    for (const one of this.#tokens.values()) {
      if (one === known || (known.refreshToken !== null && one.refreshToken === known.refreshToken)) one.state = 'revoked';
    }
    this.#core.touch();
    return known;
  }

  /** All tokens end at once: by their time, or because the person took the permission away. */
  endAll(state: 'expired' | 'revoked'): void {
    for (const token of this.#tokens.values()) token.state = state;
    this.#core.touch();
  }

  snapshot(): unknown {
    return { tokens: [...this.#tokens.values()], codes: [...this.#codes.values()] };
  }

  restore(state: unknown): void {
    const saved = state as { tokens: TiktokToken[]; codes: AuthCode[] };
    this.#tokens = new Map(saved.tokens.map((one) => [one.token, one]));
    this.#codes = new Map(saved.codes.map((one) => [one.code, one]));
  }

  #secret(what: string): string {
    return createHash('sha256').update(`tiktok ${this.#core.seed} ${what} ${this.#core.nextId()}`).digest('hex').slice(0, 40);
  }
}
