import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { GraphError, needsPermission, refusedToken } from './graph-error.ts';

/** `alsoTaken` is a second secret while the app's secret is being changed. */
export const META_APP: { readonly id: string; secret: string; alsoTaken: string | null; readonly verifyToken: string } = {
  id: '1000000000000001',
  secret: 'sandbox-meta-secret',
  alsoTaken: null,
  verifyToken: 'sandbox-verify',
};
export const takenSecrets = (): string[] => [META_APP.secret, ...(META_APP.alsoTaken === null ? [] : [META_APP.alsoTaken])];

export interface MetaToken {
  token: string;
  kind: 'user' | 'page' | 'app';
  ownerId: string;
  scopes: string[];
  issuedAt: number;
  /** Null = does not expire by itself. */
  expiresAt: number | null;
  calls: number;
  revoked: boolean;
}

export const refusedSecret = (): GraphError => new GraphError({ message: 'Error validating client secret.', code: 1 });

interface LoginCode {
  code: string;
  redirectUri: string;
  scopes: string[];
  challenge: string | null;
  expiresAt: number;
}

export const ALL_SCOPES = [
  'ads_management',
  'ads_read',
  'business_management',
  'leads_retrieval',
  'pages_show_list',
  'pages_read_engagement',
  'pages_manage_metadata',
  'pages_manage_ads',
] as const;

const SHORT_MS = 90 * 60_000;
export const LONG_MS = 60 * 86_400_000;
const CODE_MS = 10 * 60_000;
const DATA_ACCESS_MS = 90 * 86_400_000;

function same(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Login codes and access tokens. There is no refresh token: a long token is exchanged again while it still lives. */
export class MetaTokens {
  #core: SandboxCore;
  #tokens = new Map<string, MetaToken>();
  #codes = new Map<string, LoginCode>();

  constructor(core: SandboxCore) {
    this.#core = core;
  }

  issueCode(grant: { redirectUri: string; scopes: string[]; challenge: string | null }): string {
    const code = `AQ${this.#secret('code')}`;
    this.#codes.set(code, { code, ...grant, expiresAt: this.#core.now() + CODE_MS });
    return code;
  }

  /** A code works once, with the redirect address it was made for and, when the login began with PKCE, its verifier. */
  redeemCode(code: string, redirectUri: string, verifier: string | null, ownerId: string): MetaToken {
    const grant = this.#codes.get(code);
    if (grant === undefined || grant.expiresAt < this.#core.now()) {
      throw new GraphError({ message: 'This authorization code has expired or has been used.', code: 100, subcode: 36009 });
    }
    if (grant.redirectUri !== redirectUri) {
      throw new GraphError({
        message: 'Error validating verification code: redirect_uri differs from the login.',
        code: 100,
        subcode: 36008,
      });
    }
    if (grant.challenge !== null) {
      const proof = createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url');
      if (!same(proof, grant.challenge)) throw new GraphError({ message: 'Invalid code_verifier', code: 100 });
    }
    this.#codes.delete(code);
    return this.issue({ kind: 'user', ownerId, scopes: grant.scopes, lifeMs: SHORT_MS });
  }

  issue(wish: { kind: MetaToken['kind']; ownerId: string; scopes: readonly string[]; lifeMs: number | null }): MetaToken {
    const issuedAt = this.#core.now();
    const made: MetaToken = {
      token: `EAA${this.#secret('token')}`,
      kind: wish.kind,
      ownerId: wish.ownerId,
      scopes: [...wish.scopes],
      issuedAt,
      expiresAt: wish.lifeMs === null ? null : issuedAt + wish.lifeMs,
      calls: 0,
      revoked: false,
    };
    this.#tokens.set(made.token, made);
    this.#core.touch();
    return made;
  }

  /** Page tokens repeat: asking twice for the same page with the same login gives the same token. */
  pageToken(user: MetaToken, pageId: string): MetaToken {
    const known = [...this.#tokens.values()].find(
      (one) => one.kind === 'page' && one.ownerId === pageId && !one.revoked && one.scopes.join() === user.scopes.join(),
    );
    return known ?? this.issue({ kind: 'page', ownerId: pageId, scopes: user.scopes, lifeMs: null });
  }

  /** The token behind a call, or 190 with the reason. Counts the call against `expireTokenAfterCalls`. */
  accept(token: string | null, proof: string | null): MetaToken {
    if (token === null) {
      throw new GraphError({ message: 'An active access token must be used to query information about the current user.', code: 2500 });
    }
    if (token === `${META_APP.id}|${META_APP.secret}`) return this.#appToken(token);
    const known = this.#tokens.get(token);
    if (known === undefined) throw refusedToken('invalid');
    const most = this.#core.faults.plan.expireTokenAfterCalls;
    if (known.kind === 'user' && most !== undefined && known.calls >= most) known.revoked = true;
    if (this.isDead(known)) throw refusedToken('expired');
    if (proof !== null && !takenSecrets().some((secret) => same(proof, createHmac('sha256', secret).update(token).digest('hex')))) {
      throw new GraphError({ message: 'Invalid appsecret_proof provided in the API argument', type: 'GraphMethodException', code: 100 });
    }
    known.calls += 1;
    return known;
  }

  find(token: string): MetaToken | undefined {
    return this.#tokens.get(token);
  }

  isDead(token: MetaToken): boolean {
    return token.revoked || (token.expiresAt !== null && token.expiresAt <= this.#core.now());
  }

  requireScope(token: MetaToken, ...anyOf: readonly string[]): void {
    if (token.kind === 'app' || anyOf.some((scope) => token.scopes.includes(scope))) return;
    throw needsPermission(anyOf[0] ?? 'unknown');
  }

  describe(token: MetaToken): Record<string, unknown> {
    const seconds = (ms: number): number => Math.floor(ms / 1000);
    return {
      app_id: META_APP.id,
      type: token.kind.toUpperCase(),
      application: 'Inlay sandbox app',
      data_access_expires_at: seconds(token.issuedAt + DATA_ACCESS_MS),
      expires_at: token.expiresAt === null ? 0 : seconds(token.expiresAt),
      is_valid: !this.isDead(token),
      issued_at: seconds(token.issuedAt),
      scopes: token.scopes,
      user_id: token.ownerId,
    };
  }

  /** The person takes the app's permissions away: every token of theirs dies, their pages' tokens too. */
  revokeOwner(ownerId: string): void {
    for (const token of this.#tokens.values()) if (token.ownerId === ownerId || token.kind === 'page') token.revoked = true;
    this.#core.touch();
  }

  expireAll(): void {
    for (const token of this.#tokens.values()) token.revoked = true;
    this.#core.touch();
  }

  snapshot(): unknown {
    return { tokens: [...this.#tokens.values()], codes: [...this.#codes.values()] };
  }

  restore(state: unknown): void {
    const saved = state as { tokens: MetaToken[]; codes: LoginCode[] };
    this.#tokens = new Map(saved.tokens.map((one) => [one.token, one]));
    this.#codes = new Map(saved.codes.map((one) => [one.code, one]));
  }

  #appToken(token: string): MetaToken {
    return { token, kind: 'app', ownerId: META_APP.id, scopes: [], issuedAt: 0, expiresAt: null, calls: 0, revoked: false };
  }

  #secret(what: string): string {
    return createHash('sha256').update(`${this.#core.seed} ${what} ${this.#core.nextId()}`).digest('hex').slice(0, 48);
  }
}
