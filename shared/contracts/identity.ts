import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { currency, emailAddress, empty, id, instant, knownCurrency, linkToken, locale, newPassword, timezone } from './parts.ts';

export const standing = z.enum(['owner', 'admin', 'manager', 'analyst', 'client', 'support']);

export const me = z.object({
  user: z.object({ id, email: z.string(), name: z.string(), locale, isStaff: z.boolean() }),
  /** Where the person works now; null = they belong to no organization yet. */
  organization: z
    .object({
      id,
      name: z.string(),
      slug: z.string(),
      /** Path of the logo's bytes; null = none. */
      logo: z.string().nullable(),
      currency,
      timezone: z.string(),
      locale,
      targetRoasMilli: z.int().nullable(),
      floorRoasMilli: z.int().nullable(),
      attributionModel: z.enum(['last_touch']),
      attributionWindowDays: z.int(),
      namingPolicy: z.object({ campaign: z.string(), adSet: z.string(), ad: z.string() }).nullable(),
      /** Asked to be deleted: gone after this time. */
      deletionDueAt: instant.nullable(),
    })
    .nullable(),
  role: standing.nullable(),
  permissions: z.array(z.string()),
  /** The one client whose figures this person sees. */
  client: z.object({ id, name: z.string(), logo: z.string().nullable(), colour: z.string().nullable() }).nullable(),
  /** The platform's staff on a visit: until when. */
  supportUntil: instant.nullable(),
});
export type Me = z.infer<typeof me>;
export type OrganizationOfMe = NonNullable<Me['organization']>;

/** Refresh tokens travel in an HttpOnly cookie for the web app and in the body for the extension. */
export const tokens = z.object({ accessToken: z.string(), expiresIn: z.int(), refreshToken: z.string().optional(), me });
export type Tokens = z.infer<typeof tokens>;
/** Signed in, or the second factor is asked for: send a code with the challenge. */
export const signedIn = z.union([tokens, z.object({ secondFactor: z.object({ challenge: z.string(), expiresAt: instant }) })]);
export type SignedIn = z.infer<typeof signedIn>;

/** One answer whether or not the address has an account; what happens next stands in the mail. Nothing exists before its link was used. */
export const signUp = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-up',
  access: { kind: 'public' },
  summary: 'Create an account and its organization; a mail asks to confirm the address',
  status: 202,
  body: z.object({
    email: emailAddress,
    password: newPassword,
    name: z.string().trim().min(1).max(120),
    organizationName: z.string().trim().min(1).max(120),
    currency: knownCurrency.default('EUR'),
    timezone: timezone.default('UTC'),
    locale: locale.default('en'),
  }),
  response: empty,
});
/**
 * In the browser that asked, which its cookie tells, the account opens with the password given then. In any other one somebody else may
 * have chosen it: the refusal names `password`, the link stays good, and the one sent with it counts instead.
 */
export const confirmSignUp = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-up/confirm',
  access: { kind: 'public' },
  summary:
    'Open the account with the link of the mail, and sign in; in another browser than the one that asked, with a password chosen there',
  body: z.object({ token: linkToken, password: newPassword.optional() }),
  response: tokens,
});
export const signIn = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-in',
  access: { kind: 'public' },
  summary: 'Sign in with e-mail and password',
  body: z.object({ email: emailAddress, password: z.string().max(1024) }),
  response: signedIn,
});
export const secondFactor = defineContract({
  method: 'POST',
  path: '/v1/auth/second-factor',
  access: { kind: 'public' },
  summary: 'Finish a sign-in with the authenticator app or a recovery code',
  body: z.object({ challenge: linkToken, code: z.string().trim().min(6).max(40) }),
  response: tokens,
});
export const sendMagicLink = defineContract({
  method: 'POST',
  path: '/v1/auth/magic-link',
  access: { kind: 'public' },
  summary: 'Send a link that signs in',
  status: 202,
  body: z.object({ email: emailAddress }),
  response: empty,
});
/** The link opens a page that asks for a press: mail scanners that open links sign nobody in. */
export const useMagicLink = defineContract({
  method: 'POST',
  path: '/v1/auth/magic-link/use',
  access: { kind: 'public' },
  summary: 'Sign in with the link of a mail',
  body: z.object({ token: linkToken }),
  response: signedIn,
});
export const sendPasswordReset = defineContract({
  method: 'POST',
  path: '/v1/auth/password-reset',
  access: { kind: 'public' },
  summary: 'Send a link that sets a new password',
  status: 202,
  body: z.object({ email: emailAddress }),
  response: empty,
});
export const resetPassword = defineContract({
  method: 'POST',
  path: '/v1/auth/password-reset/use',
  access: { kind: 'public' },
  summary: 'Set a new password with the link of a mail; every session ends',
  body: z.object({ token: linkToken, password: newPassword }),
  response: empty,
});
export const confirmNewEmail = defineContract({
  method: 'POST',
  path: '/v1/auth/email-change/use',
  access: { kind: 'public' },
  summary: 'Take the new address with the link sent to it; every other session ends',
  body: z.object({ token: linkToken }),
  response: empty,
});
/** The answer's url is opened in this tab; the callback sets the refresh cookie and returns to the app. */
export const startGoogle = defineContract({
  method: 'POST',
  path: '/v1/auth/google/start',
  access: { kind: 'public' },
  summary: 'Begin to sign in with Google',
  body: z.object({
    returnTo: z.string().max(300).default('/'),
    /** What an account begins with, should one be opened: an account that is there already keeps what it has. */
    beginning: z
      .object({
        currency: knownCurrency.default('EUR'),
        timezone: timezone.default('UTC'),
        locale: locale.default('en'),
        /** Versions of what the page beside the button said that pressing it agrees to. */
        agreed: z
          .object({ terms: z.string().max(40), privacy: z.string().max(40) })
          .nullable()
          .default(null),
      })
      .optional(),
  }),
  response: z.object({ url: z.string() }),
});
/** retryId is fresh per refresh and repeated only when an answer was lost: the same pair gets the same answer for 30 seconds. */
export const refresh = defineContract({
  method: 'POST',
  path: '/v1/auth/refresh',
  access: { kind: 'public' },
  summary: 'Exchange a refresh token, once',
  body: z.object({ refreshToken: z.string().max(200).optional(), retryId: z.string().min(16).max(64) }),
  response: tokens,
});
export const signOut = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-out',
  access: { kind: 'public' },
  summary: 'End this session',
  body: z.object({ refreshToken: z.string().max(200).optional() }),
  response: empty,
});
export const getMe = defineContract({
  method: 'GET',
  path: '/v1/me',
  access: { kind: 'person' },
  summary: 'Who is signed in, where, and may do what',
  response: me,
});
/** PKCE (RFC 7636) for the extension; the redirect must be one of the configured extension ids' chromiumapp.org addresses. */
export const authorize = defineContract({
  method: 'POST',
  path: '/v1/oauth/authorize',
  access: { kind: 'member', permission: 'organization:read', people: true },
  summary: 'Give the extension a one-time code',
  body: z.object({
    clientId: z.literal('inlay-extension'),
    redirectUri: z.url().max(300),
    state: z.string().min(8).max(200),
    codeChallenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
    codeChallengeMethod: z.literal('S256'),
  }),
  response: z.object({ redirectTo: z.string() }),
});
export const exchangeCode = defineContract({
  method: 'POST',
  path: '/v1/oauth/token',
  access: { kind: 'public' },
  summary: 'Exchange the one-time code for tokens',
  body: z.object({
    clientId: z.literal('inlay-extension'),
    code: z.string().max(200),
    codeVerifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/),
    redirectUri: z.url().max(300),
  }),
  response: tokens,
});
