import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';

const AUTH = 'https://www.googleapis.com/auth';
export const ADWORDS_SCOPE = `${AUTH}/adwords`;
export const DATA_MANAGER_SCOPE = `${AUTH}/datamanager`;
export const YOUTUBE_UPLOAD_SCOPE = `${AUTH}/youtube.upload`;

/** What an app may ask for here. Short names are the OpenID ones. */
export const KNOWN_SCOPES: ReadonlySet<string> = new Set([
  'openid',
  'email',
  'profile',
  `${AUTH}/userinfo.email`,
  `${AUTH}/userinfo.profile`,
  ADWORDS_SCOPE,
  YOUTUBE_UPLOAD_SCOPE,
  `${AUTH}/youtube.readonly`,
  DATA_MANAGER_SCOPE,
]);

/** Scopes of OpenID are answered by their long names. */
const LONG: Record<string, string | undefined> = { email: `${AUTH}/userinfo.email`, profile: `${AUTH}/userinfo.profile` };
const TOKEN_S = 3600;
/** Refresh tokens of one person; the oldest gives way [K]. */
const MOST_REFRESH = 100;

interface Access {
  token: string;
  sub: string;
  scopes: string[];
  expiresAt: number;
  /** The refresh token of the same consent. */
  grantedBy: string | null;
  calls: number;
  dead: boolean;
}
interface Refresh {
  token: string;
  sub: string;
  scopes: string[];
}
export interface Holder {
  sub: string;
  scopes: readonly string[];
  state: 'good' | 'expired';
}
interface TokenAnswer {
  access_token: string;
  expires_in: number;
  scope: string;
  token_type: 'Bearer';
  refresh_token?: string;
}

/** Access tokens live an hour, refresh tokens until they are revoked. */
export class GoogleTokens {
  #core: SandboxCore;
  #access = new Map<string, Access>();
  #refresh = new Map<string, Refresh>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  /** Whether this person has not yet let the app keep access of this kind: then the consent page gives a refresh token unasked. */
  isNew(sub: string, scopes: readonly string[]): boolean {
    return ![...this.#refresh.values()].some((one) => one.sub === sub && scopes.every((scope) => one.scopes.includes(scope)));
  }

  grant(sub: string, scopes: readonly string[], offline: boolean): TokenAnswer {
    const refresh = offline ? `1//0${this.#secret('refresh')}` : null;
    if (refresh !== null) {
      this.#refresh.set(refresh, { token: refresh, sub, scopes: [...scopes] });
      const own = [...this.#refresh.values()].filter((one) => one.sub === sub);
      if (own.length > MOST_REFRESH) this.#refresh.delete(own[0]?.token ?? '');
    }
    return { ...this.#issue(sub, scopes, refresh), ...(refresh === null ? {} : { refresh_token: refresh }) };
  }

  /** A new access token; the refresh token stays as it is. Null when it is not, or no longer, one. */
  refresh(token: string): TokenAnswer | null {
    const known = this.#refresh.get(token);
    return known === undefined ? null : this.#issue(known.sub, known.scopes, token);
  }

  /** Null for what was never an access token. Counts the call against the plan's `expireTokenAfterCalls`. */
  holderOf(token: string): Holder | null {
    const known = this.#access.get(token);
    if (known === undefined) return null;
    const most = this.#core.faults.plan.expireTokenAfterCalls;
    if (most !== undefined && known.calls >= most) known.dead = true;
    known.calls += 1;
    return { sub: known.sub, scopes: known.scopes, state: known.dead || known.expiresAt <= this.#core.now() ? 'expired' : 'good' };
  }

  revoke(token: string): boolean {
    const access = this.#access.get(token);
    const refresh = this.#refresh.get(token) ?? this.#refresh.get(access?.grantedBy ?? '');
    if (access === undefined && refresh === undefined) return false;
    if (refresh !== undefined) this.#refresh.delete(refresh.token);
    for (const one of this.#access.values())
      if (one === access || (refresh !== undefined && one.grantedBy === refresh.token)) one.dead = true;
    this.#core.touch();
    return true;
  }

  revokePerson(sub: string): void {
    for (const one of this.#refresh.values()) if (one.sub === sub) this.#refresh.delete(one.token);
    for (const one of this.#access.values()) if (one.sub === sub) one.dead = true;
    this.#core.touch();
  }

  expireAll(): void {
    for (const one of this.#access.values()) one.dead = true;
    this.#core.touch();
  }

  snapshot(): { access: Access[]; refresh: Refresh[] } {
    return { access: [...this.#access.values()], refresh: [...this.#refresh.values()] };
  }

  restore(saved: { access: Access[]; refresh: Refresh[] } | undefined): void {
    this.#access = new Map((saved?.access ?? []).map((one) => [one.token, one]));
    this.#refresh = new Map((saved?.refresh ?? []).map((one) => [one.token, one]));
  }

  #issue(sub: string, scopes: readonly string[], grantedBy: string | null): TokenAnswer {
    const token = `ya29.${this.#secret('access')}`;
    this.#access.set(token, {
      token,
      sub,
      scopes: [...scopes],
      expiresAt: this.#core.now() + TOKEN_S * 1000,
      grantedBy,
      calls: 0,
      dead: false,
    });
    this.#core.touch();
    return {
      access_token: token,
      expires_in: TOKEN_S - 1,
      scope: scopes.map((scope) => LONG[scope] ?? scope).join(' '),
      token_type: 'Bearer',
    };
  }

  #secret(what: string): string {
    return createHash('sha256')
      .update(`${this.#core.seed} google ${what} ${this.#core.nextId('7')}`)
      .digest('base64url');
  }
}
