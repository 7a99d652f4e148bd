import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { forbidden, refusedToken } from './li-error.ts';

export const LINKEDIN_APP: { readonly id: string; readonly applicationId: string; secret: string } = {
  id: '78sandboxlinked',
  applicationId: '2000001',
  secret: 'sandbox-linkedin-secret',
};

export const ALL_SCOPES = [
  'r_ads',
  'rw_ads',
  'r_ads_reporting',
  'r_basicprofile',
  'r_organization_admin',
  'rw_organization_admin',
  'r_organization_social',
  'w_organization_social',
  'r_marketing_leadgen_automation',
  'rw_conversions',
  'rw_dmp_segments',
] as const;

export interface LiToken {
  token: string;
  memberId: string;
  scopes: string[];
  expiresAt: number;
  calls: number;
  revoked: boolean;
}

interface RefreshToken {
  token: string;
  memberId: string;
  scopes: string[];
  /** Counted from the consent; refreshing does not move it [D]. */
  endsAt: number;
  revoked: boolean;
}

interface LoginCode {
  code: string;
  redirectUri: string;
  memberId: string;
  scopes: string[];
  expiresAt: number;
}

export interface Grant {
  access: LiToken;
  refresh: RefreshToken | null;
}

/** Access 60 days, refresh at most 365 days from the first consent [D]; the code lives 30 minutes [K]. */
export const ACCESS_MS = 5_184_000_000;
const REFRESH_MS = 31_536_000_000;
const CODE_MS = 30 * 60_000;

interface Saved {
  tokens: LiToken[];
  refreshTokens: RefreshToken[];
  codes: LoginCode[];
}

export class LiTokens {
  /** Only approved apps get refresh tokens at all [D]. */
  refreshApproved = true;
  readonly #core: SandboxCore;
  #tokens = new Map<string, LiToken>();
  #refresh = new Map<string, RefreshToken>();
  #codes = new Map<string, LoginCode>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  issueCode(grant: { redirectUri: string; memberId: string; scopes: string[] }): string {
    const code = `AQ${this.#secret('code')}`;
    this.#codes.set(code, { code, ...grant, expiresAt: this.#core.now() + CODE_MS });
    this.#core.touch();
    return code;
  }

  /** A code works once and with its own redirect address; null = refused. Other scopes than before end the older tokens [K]. */
  redeemCode(code: string, redirectUri: string): Grant | null {
    const login = this.#codes.get(code);
    if (login === undefined || login.redirectUri !== redirectUri || login.expiresAt < this.#core.now()) return null;
    this.#codes.delete(code);
    const words = login.scopes.toSorted().join(' ');
    for (const token of [...this.#tokens.values(), ...this.#refresh.values()]) {
      if (token.memberId === login.memberId && token.scopes.toSorted().join(' ') !== words) token.revoked = true;
    }
    return { access: this.issue(login.memberId, login.scopes), refresh: this.#issueRefresh(login.memberId, login.scopes) };
  }

  /** A new access token, the same refresh token, and its window still counted from the consent. */
  refresh(token: string): Grant | null {
    const known = this.#refresh.get(token);
    if (known === undefined || known.revoked || known.endsAt <= this.#core.now()) return null;
    return { access: this.issue(known.memberId, known.scopes), refresh: known };
  }

  issue(memberId: string, scopes: readonly string[], lifeMs = ACCESS_MS): LiToken {
    const made: LiToken = {
      token: `AQX${this.#secret('access')}`,
      memberId,
      scopes: [...scopes],
      expiresAt: this.#core.now() + lifeMs,
      calls: 0,
      revoked: false,
    };
    this.#tokens.set(made.token, made);
    this.#core.touch();
    return made;
  }

  /** The token behind a call, or 401 with the reason. Counts the call against `expireTokenAfterCalls`. */
  accept(token: string | null): LiToken {
    if (token === null) throw refusedToken('empty');
    const known = this.#tokens.get(token);
    if (known === undefined) throw refusedToken('invalid');
    const most = this.#core.faults.plan.expireTokenAfterCalls;
    if (most !== undefined && this.#core.faults.covers('linkedin') && known.calls >= most) known.expiresAt = 0;
    if (known.revoked) throw refusedToken('revoked');
    if (known.expiresAt <= this.#core.now()) throw refusedToken('expired');
    known.calls += 1;
    return known;
  }

  requireScope(token: LiToken, anyOf: readonly string[], what: string): void {
    if (anyOf.length === 0 || anyOf.some((scope) => token.scopes.includes(scope))) return;
    throw forbidden(`Not enough permissions to access: ${what}`);
  }

  find(token: string): LiToken | undefined {
    return this.#tokens.get(token);
  }

  findRefresh(token: string): RefreshToken | undefined {
    return this.#refresh.get(token);
  }

  /** The app gives a token back, or a person takes the app's rights away: everything of that login dies. */
  revokeMember(memberId: string): void {
    for (const token of [...this.#tokens.values(), ...this.#refresh.values()]) if (token.memberId === memberId) token.revoked = true;
    this.#core.touch();
  }

  /** Time runs out for every access token; refresh tokens go on. */
  expireAll(): void {
    for (const token of this.#tokens.values()) token.expiresAt = 0;
    this.#core.touch();
  }

  snapshot(): Saved {
    return { tokens: [...this.#tokens.values()], refreshTokens: [...this.#refresh.values()], codes: [...this.#codes.values()] };
  }

  restore(state: unknown): void {
    const saved = state as Saved;
    this.#tokens = new Map(saved.tokens.map((one) => [one.token, one]));
    this.#refresh = new Map(saved.refreshTokens.map((one) => [one.token, one]));
    this.#codes = new Map(saved.codes.map((one) => [one.code, one]));
  }

  #issueRefresh(memberId: string, scopes: readonly string[]): RefreshToken | null {
    if (!this.refreshApproved) return null;
    const made: RefreshToken = {
      token: `AQR${this.#secret('refresh')}`,
      memberId,
      scopes: [...scopes],
      endsAt: this.#core.now() + REFRESH_MS,
      revoked: false,
    };
    this.#refresh.set(made.token, made);
    return made;
  }

  #secret(what: string): string {
    return createHash('sha256').update(`${this.#core.seed} linkedin ${what} ${this.#core.nextId()}`).digest('hex').slice(0, 48);
  }
}
