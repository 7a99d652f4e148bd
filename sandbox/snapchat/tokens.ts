import type { SandboxCore } from '../core/vendor.ts';
import { nextSecret } from './ids.ts';
import { EXPIRED, forbidden, unauthorized } from './snap-error.ts';

/** `alsoTaken` is a second secret while the app's secret is being changed. */
export const SNAPCHAT_APP: { readonly id: string; readonly name: string; secret: string; alsoTaken: string | null } = {
  id: '0c5a7d10-5b1e-4a70-a1f0-000000000001',
  name: 'Inlay sandbox app',
  secret: 'sandbox-snapchat-secret',
  alsoTaken: null,
};

export const SCOPES = ['snapchat-marketing-api', 'snapchat-offline-conversions-api', 'snapchat-profile-api'] as const;
export type Scope = (typeof SCOPES)[number];

/** Guide, auth [D]: 3,600 s. Older text says 30 min, so a caller reads expires_in. */
export const ACCESS_MS = 3_600_000;
/** Unverified [K]: how long a code lives. */
const CODE_MS = 10 * 60_000;

export interface SnapToken {
  token: string;
  userId: string;
  scopes: string[];
  expiresAt: number;
  calls: number;
  revoked: boolean;
}
interface RefreshToken {
  token: string;
  userId: string;
  scopes: string[];
  revoked: boolean;
}
interface LoginCode {
  code: string;
  redirectUri: string;
  userId: string;
  scopes: string[];
  expiresAt: number;
}

/** Login codes, access tokens of an hour, and refresh tokens that last until somebody takes the app's access away. */
export class SnapTokens {
  #core: SandboxCore;
  #access = new Map<string, SnapToken>();
  #refresh = new Map<string, RefreshToken>();
  #codes = new Map<string, LoginCode>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  issueCode(grant: Pick<LoginCode, 'redirectUri' | 'scopes' | 'userId'>): string {
    const code = nextSecret(this.#core, 'snapchat code').slice(0, 43);
    this.#codes.set(code, { code, ...grant, expiresAt: this.#core.now() + CODE_MS });
    this.#core.touch();
    return code;
  }

  /** A code works once and with the redirect address it was made for; null = no. */
  redeemCode(code: string, redirectUri: string): { access: SnapToken; refresh: string } | null {
    const grant = this.#codes.get(code);
    if (grant === undefined || grant.expiresAt <= this.#core.now() || grant.redirectUri !== redirectUri) return null;
    this.#codes.delete(code);
    const refresh = this.#issueRefresh(grant.userId, grant.scopes);
    return { access: this.issue(grant.userId, grant.scopes), refresh };
  }

  /** A new access token; null = the refresh token is not known, or was taken away. */
  refresh(token: string, rotates: boolean): { access: SnapToken; refresh: string } | null {
    const known = this.#refresh.get(token);
    if (known === undefined || known.revoked) return null;
    const access = this.issue(known.userId, known.scopes);
    if (!rotates) return { access, refresh: token };
    known.revoked = true;
    return { access, refresh: this.#issueRefresh(known.userId, known.scopes) };
  }

  issue(userId: string, scopes: readonly string[], lifeMs = ACCESS_MS): SnapToken {
    const made: SnapToken = {
      token: `hCgwKCjE${nextSecret(this.#core, 'snapchat token')}`,
      userId,
      scopes: [...scopes],
      expiresAt: this.#core.now() + lifeMs,
      calls: 0,
      revoked: false,
    };
    this.#access.set(made.token, made);
    this.#core.touch();
    return made;
  }

  /** The token behind a call. Counts the call against the plan's `expireTokenAfterCalls`. */
  accept(token: string | null): SnapToken {
    if (token === null) throw unauthorized('The access token is missing');
    const known = this.#access.get(token);
    if (known === undefined) throw unauthorized('The access token is invalid');
    const { plan } = this.#core.faults;
    const most = this.#core.faults.covers('snapchat') ? plan.expireTokenAfterCalls : undefined;
    if (most !== undefined && known.calls >= most) known.revoked = true;
    if (known.revoked || known.expiresAt <= this.#core.now()) throw unauthorized(EXPIRED);
    known.calls += 1;
    return known;
  }

  requireScope(token: SnapToken, scope: Scope): void {
    if (!token.scopes.includes(scope)) throw forbidden(`The access token lacks the scope ${scope}`);
  }

  /** Access tokens end; refresh tokens go on working. */
  expireAll(): void {
    for (const token of this.#access.values()) token.revoked = true;
    this.#core.touch();
  }

  /** The person takes the app's access away: refreshing ends too. */
  revokeAll(): void {
    this.expireAll();
    for (const token of this.#refresh.values()) token.revoked = true;
  }

  snapshot(): unknown {
    return { access: [...this.#access.values()], refresh: [...this.#refresh.values()], codes: [...this.#codes.values()] };
  }

  restore(state: unknown): void {
    const saved = state as { access: SnapToken[]; refresh: RefreshToken[]; codes: LoginCode[] };
    this.#access = new Map(saved.access.map((one) => [one.token, one]));
    this.#refresh = new Map(saved.refresh.map((one) => [one.token, one]));
    this.#codes = new Map(saved.codes.map((one) => [one.code, one]));
  }

  #issueRefresh(userId: string, scopes: readonly string[]): string {
    const token = `hCgwKCjR${nextSecret(this.#core, 'snapchat refresh')}`;
    this.#refresh.set(token, { token, userId, scopes: [...scopes], revoked: false });
    return token;
  }
}
