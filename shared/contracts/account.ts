import { z } from 'zod';
import { defineContract } from './define-contract.ts';
import { emailAddress, empty, id, instant, locale, newPassword } from './parts.ts';

/** The signed-in person's own things: nothing here belongs to an organization. */
export const account = z.object({
  id,
  email: z.string(),
  name: z.string(),
  locale,
  hasPassword: z.boolean(),
  googleEmail: z.string().nullable(),
  secondFactorSince: instant.nullable(),
  recoveryCodesLeft: z.int(),
  /** A new address that waits for its confirmation. */
  pendingEmail: z.string().nullable(),
  /** Until when dangerous actions ask for no fresh proof; null = the next one asks. */
  provenUntil: instant.nullable(),
  consents: z.array(z.object({ document: z.enum(['terms', 'privacy']), version: z.string(), at: instant })),
  deletionDueAt: instant.nullable(),
});
export type Account = z.infer<typeof account>;
export const session = z.object({
  id,
  client: z.enum(['web', 'extension']),
  method: z.string(),
  /** "Firefox on Linux"; null = the browser said nothing we know. */
  device: z.string().nullable(),
  place: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  isThisOne: z.boolean(),
});
export type Session = z.infer<typeof session>;

export const getAccount = defineContract({
  method: 'GET',
  path: '/v1/account',
  access: { kind: 'person' },
  summary: 'Your own account',
  response: account,
});
export const updateAccount = defineContract({
  method: 'PATCH',
  path: '/v1/account',
  access: { kind: 'person' },
  summary: 'Change your name or language',
  body: z.object({ name: z.string().trim().min(1).max(120), locale }).partial(),
  response: account,
});
/**
 * Proof of who is sitting here, good for five minutes in this session: a code of the second factor or a recovery code where it is on (a
 * password is then refused with the reason `proof_by_code`), else the password, or a mailed code for who has none.
 */
export const prove = defineContract({
  method: 'POST',
  path: '/v1/account/prove',
  access: { kind: 'person' },
  summary: 'Prove who you are before a dangerous action',
  body: z.union([z.object({ password: z.string().max(1024) }), z.object({ code: z.string().trim().min(6).max(40) })]),
  response: z.object({ provenUntil: instant }),
});
/** For who has neither password nor second factor: the mail's code proves, in this session. */
export const sendProof = defineContract({
  method: 'POST',
  path: '/v1/account/prove/send',
  access: { kind: 'person' },
  summary: 'Send yourself a six-digit code that proves who you are',
  status: 202,
  response: empty,
});
export const changePassword = defineContract({
  method: 'POST',
  path: '/v1/account/password',
  access: { kind: 'person', stepUp: true },
  summary: 'Set or change your password; your other sessions end',
  body: z.object({ password: newPassword }),
  response: empty,
});
export const changeEmail = defineContract({
  method: 'POST',
  path: '/v1/account/email',
  access: { kind: 'person', stepUp: true },
  summary: 'Ask for another address; a link goes to the new one, a notice to the old one',
  status: 202,
  body: z.object({ email: emailAddress }),
  response: empty,
});
export const listSessions = defineContract({
  method: 'GET',
  path: '/v1/account/sessions',
  access: { kind: 'person' },
  summary: 'Where you are signed in',
  response: z.object({ sessions: z.array(session) }),
});
export const endSession = defineContract({
  method: 'DELETE',
  path: '/v1/account/sessions/:id',
  access: { kind: 'person' },
  summary: 'Sign out one session',
  params: z.object({ id }),
  response: empty,
});
export const endOtherSessions = defineContract({
  method: 'POST',
  path: '/v1/account/sessions/end-others',
  access: { kind: 'person' },
  summary: 'Sign out everywhere else',
  response: z.object({ ended: z.int() }),
});
export const startSecondFactor = defineContract({
  method: 'POST',
  path: '/v1/account/second-factor/start',
  access: { kind: 'person', stepUp: true },
  summary: 'A fresh secret for an authenticator app; counts once a code confirms it',
  response: z.object({ secret: z.string(), uri: z.string() }),
});
export const confirmSecondFactor = defineContract({
  method: 'POST',
  path: '/v1/account/second-factor/confirm',
  access: { kind: 'person', stepUp: true },
  summary: 'Switch the second factor on with a code of the app; your other sessions end',
  body: z.object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'Enter the six digits the app shows.'),
  }),
  response: z.object({ recoveryCodes: z.array(z.string()) }),
});
export const newRecoveryCodes = defineContract({
  method: 'POST',
  path: '/v1/account/second-factor/recovery-codes',
  access: { kind: 'person', stepUp: true },
  summary: 'Ten new recovery codes; the old ones are good no more',
  response: z.object({ recoveryCodes: z.array(z.string()) }),
});
export const removeSecondFactor = defineContract({
  method: 'DELETE',
  path: '/v1/account/second-factor',
  access: { kind: 'person', stepUp: true },
  summary: 'Switch the second factor off',
  response: empty,
});
export const unlinkGoogle = defineContract({
  method: 'DELETE',
  path: '/v1/account/google',
  access: { kind: 'person', stepUp: true },
  summary: 'Sign in with Google no more',
  response: empty,
});
export const linkGoogle = defineContract({
  method: 'POST',
  path: '/v1/account/google/start',
  access: { kind: 'person', stepUp: true },
  summary: 'Begin to link a Google account',
  body: z.object({ returnTo: z.string().max(300).default('/settings/account') }),
  response: z.object({ url: z.string() }),
});
