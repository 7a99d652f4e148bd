import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { createSigningKeys, type SigningKeys } from './signing-keys.ts';
import { GoogleTokens } from './tokens.ts';

export const CLIENT_ID = 'sandbox-google.apps.googleusercontent.com';
export const CLIENT_SECRET = 'sandbox-google-secret';

export interface GoogleAccount {
  sub: string;
  email: string;
  name: string;
  emailVerified: boolean;
}
/** What a consent gave: good once, for ten minutes. */
export interface Code {
  code: string;
  sub: string;
  redirectUri: string;
  nonce: string | null;
  /** Null when the app asked without PKCE. */
  challenge: string | null;
  scopes: string[];
  /** The app asked for a refresh token and the person was shown the consent page for it. */
  offline: boolean;
  expiresAt: number;
}

/** One thing wrong with every token that is signed from now on. */
export const SPOILS = [
  'alg-none',
  'wrong-key',
  'wrong-audience',
  'wrong-issuer',
  'wrong-nonce',
  'wrong-presenter',
  'expired',
  'hmac-of-client-secret',
] as const;
export type Spoil = (typeof SPOILS)[number];

export class GoogleStore {
  accounts: GoogleAccount[];
  codes: Code[] = [];
  spoil: Spoil | null = null;
  readonly keys: SigningKeys = createSigningKeys();
  readonly core: SandboxCore;
  readonly tokens: GoogleTokens;
  constructor(core: SandboxCore) {
    this.core = core;
    this.tokens = new GoogleTokens(core);
    this.accounts = [this.fresh('google-account@example.com', 'Google account')];
  }

  fresh(email: string, name: string, emailVerified = true): GoogleAccount {
    // Of the address, not the next id: an account that is always there must not move everybody else's ids.
    const digits = BigInt(`0x${createHash('sha256').update(`${this.core.seed} ${email}`).digest('hex').slice(0, 16)}`);
    return { sub: `1${String(digits).padStart(20, '0').slice(-20)}`, email, name, emailVerified };
  }

  /** The account of this address, made when there is none. */
  account(email: string, name?: string, emailVerified?: boolean): GoogleAccount {
    const known = this.accounts.find((one) => one.email === email);
    const account = known ?? this.fresh(email, name ?? email.split('@')[0] ?? email);
    if (!known) this.accounts.push(account);
    if (name !== undefined) account.name = name;
    if (emailVerified !== undefined) account.emailVerified = emailVerified;
    return account;
  }
}
