import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { currency, empty, id, knownCurrency, locale, role, windowDays } from './parts.ts';

const password = z.string().min(8, 'Use at least 8 characters.').max(256, 'Use at most 256 characters.');
const email = z.string().trim().max(254).pipe(z.email('Enter an e-mail address such as name@company.com.'));

export const me = z.object({
  user: z.object({ id, email: z.string(), name: z.string(), locale }),
  organization: z.object({
    id,
    name: z.string(),
    currency,
    timezone: z.string(),
    locale,
    targetRoasMilli: z.int().nullable(),
    floorRoasMilli: z.int().nullable(),
    attributionWindowDays: z.int(),
  }),
  role,
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof me>;

/** Refresh tokens travel in an HttpOnly cookie for the web app and in the body for the extension. */
export const tokens = z.object({ accessToken: z.string(), expiresIn: z.int(), refreshToken: z.string().optional(), me });
export type Tokens = z.infer<typeof tokens>;

export const signUp = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-up',
  access: { kind: 'public' },
  summary: 'Create an account and its organization',
  status: 201,
  body: z.object({
    email,
    password,
    name: z.string().trim().min(1).max(120),
    organizationName: z.string().trim().min(1).max(120),
    currency: knownCurrency.default('EUR'),
    timezone: z.string().max(64).default('UTC'),
    locale: locale.default('en'),
  }),
  response: tokens,
});
export const signIn = defineContract({
  method: 'POST',
  path: '/v1/auth/sign-in',
  access: { kind: 'public' },
  summary: 'Sign in with e-mail and password',
  body: z.object({ email, password: z.string().max(1024) }),
  response: tokens,
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
  access: { kind: 'member', permission: 'organization:read' },
  summary: 'Who is signed in, where, and may do what',
  response: me,
});
/** PKCE (RFC 7636) for the extension; the redirect must be one of the configured extension ids' chromiumapp.org addresses. */
export const authorize = defineContract({
  method: 'POST',
  path: '/v1/oauth/authorize',
  access: { kind: 'member', permission: 'organization:read' },
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
export const updateOrganization = defineContract({
  method: 'PATCH',
  path: '/v1/organization',
  access: { kind: 'member', permission: 'organization:write' },
  summary: 'Change the organization settings',
  body: z
    .object({
      name: z.string().trim().min(1).max(120),
      timezone: z.string().max(64),
      locale,
      targetRoasMilli: z.int().min(0).max(1_000_000).nullable(),
      floorRoasMilli: z.int().min(0).max(1_000_000).nullable(),
      attributionWindowDays: windowDays,
    })
    .partial(),
  response: me.shape.organization,
});
