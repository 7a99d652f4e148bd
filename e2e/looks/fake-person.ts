import type { z } from 'zod';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me } from '#shared/contracts/identity.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import * as members from '#shared/contracts/members.ts';
import * as privacy from '#shared/contracts/privacy.ts';
import { ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';

/** Who looks: an owner, an analyst, a client's login, support on a visit, the platform's staff, or somebody in no organization. */
export type Looker = 'owner' | 'analyst' | 'client' | 'visitor' | 'staff' | 'homeless';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const ahead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

export function meAs(owner: Me, looker: Looker): Me {
  if (looker === 'client')
    return {
      ...owner,
      role: 'client',
      permissions: [...ROLE_PERMISSIONS.client],
      client: { id: 'cli_1', name: 'Northwind Coffee', logo: null, colour: '#0f7b6c' },
    };
  if (looker === 'visitor') return { ...owner, role: 'support', permissions: [...ROLE_PERMISSIONS.support], supportUntil: ahead(0.8) };
  if (looker === 'analyst') return { ...owner, role: 'analyst', permissions: [...ROLE_PERMISSIONS.analyst] };
  if (looker === 'staff') return { ...owner, user: { ...owner.user, isStaff: true } };
  if (looker === 'homeless') return { ...owner, organization: null, role: null, permissions: [] };
  return owner;
}

const CODES = Array.from({ length: 10 }, (_, i) => `k7q${i}-x2m${(i * 7) % 10}-9dwp-h4t${(i * 3) % 10}`);

const own: z.input<typeof account.account> = {
  id: 'usr_1',
  email: 'owner@example.com',
  name: 'Owner',
  locale: 'en',
  hasPassword: true,
  googleEmail: null,
  secondFactorSince: null,
  recoveryCodesLeft: 0,
  pendingEmail: 'new-address@example.com',
  provenUntil: null,
  consents: [
    { document: 'terms', version: 'template-1', at: ago(90_000) },
    { document: 'privacy', version: 'template-0', at: ago(90_000) },
  ],
  deletionDueAt: null,
};
const sessions: z.input<typeof account.session>[] = [
  {
    id: 'ses_1',
    client: 'web',
    method: 'password',
    device: 'Firefox on Linux',
    place: 'Rabat, MA',
    createdAt: ago(3000),
    lastSeenAt: ago(0),
    isThisOne: true,
  },
  {
    id: 'ses_2',
    client: 'extension',
    method: 'extension',
    device: 'Chrome on Windows',
    place: 'Paris, FR',
    createdAt: ago(9000),
    lastSeenAt: ago(130),
    isThisOne: false,
  },
  {
    id: 'ses_3',
    client: 'web',
    method: 'link',
    device: null,
    place: null,
    createdAt: ago(20_000),
    lastSeenAt: ago(4000),
    isThisOne: false,
  },
];

interface Answer {
  status: number;
  json: unknown;
}
const json = <S extends z.ZodType>(schema: S, value: z.input<S>, status = 200): Answer => ({ status, json: schema.parse(value) });
const problem = (status: number, code: string, detail: string, more: object = {}): Answer => ({
  status,
  json: { type: 'about:blank', title: code, status, detail, code, requestId: 'req_01look', ...more },
});

/** The person's own calls, from memory; null for calls that are about something else. */
export function createFakePerson() {
  let proven = false;
  let secondFactor = false;
  return (route: string, body: unknown): Answer | null => {
    const email = (body as { email?: string } | null)?.email;
    if (route === 'POST /v1/auth/sign-up' || route.startsWith('POST /v1/auth/magic-link') || route === 'POST /v1/auth/password-reset')
      return { status: 202, json: {} };
    if (route === 'POST /v1/auth/sign-in' && email === 'locked@example.com')
      return problem(429, 'too_many', 'Too many wrong passwords.', { retryAfterSeconds: 240 });
    if (route === 'POST /v1/auth/sign-in' && email === 'factor@example.com')
      return json(identity.signedIn, { secondFactor: { challenge: 'itc_0000000000000000000000000', expiresAt: ahead(0.1) } });
    if (route === 'POST /v1/auth/second-factor')
      return problem(422, 'invalid_input', 'This code is not right.', { fields: [{ path: 'code', message: 'This code is not right.' }] });
    if (route === 'POST /v1/auth/sign-up/confirm' && (body as { token: string }).token.startsWith('itl_elsewhere')) {
      const message = 'Choose a password: this link was asked for in another browser.';
      return problem(422, 'invalid_input', message, { fields: [{ path: 'password', message }] });
    }
    if (route === 'POST /v1/auth/sign-up/confirm') return problem(410, 'expired', 'This link is good no more.');
    if (route === 'POST /v1/invitations/read')
      return json(members.readInvitation.response, {
        organization: 'Inlay demo',
        invitedBy: 'Owner',
        email: 'analyst@example.com',
        role: 'analyst',
        hasAccount: false,
        expiresAt: ahead(150),
      });
    if (route === 'GET /v1/account')
      return json(
        account.account,
        secondFactor
          ? { ...own, secondFactorSince: ago(100), recoveryCodesLeft: 3, googleEmail: 'owner@example.com', pendingEmail: null }
          : own,
      );
    if (route === 'POST /v1/account/prove') {
      proven = true;
      return json(account.prove.response, { provenUntil: ahead(0.08) });
    }
    if (route === 'POST /v1/account/second-factor/start')
      return proven
        ? json(account.startSecondFactor.response, {
            secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
            uri: 'otpauth://totp/Inlay:owner%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Inlay&algorithm=SHA1&digits=6&period=30',
          })
        : problem(403, 'proof_needed', 'Prove who you are.');
    if (route === 'POST /v1/account/second-factor/confirm') {
      secondFactor = true;
      return json(account.confirmSecondFactor.response, { recoveryCodes: CODES });
    }
    if (route.endsWith(' /v1/account/digest')) return json(privacy.readDigest.response, { weekly: true });
    if (route === 'GET /v1/account/sessions') return json(account.listSessions.response, { sessions });
    if (route === 'GET /v1/account/exports')
      return json(privacy.listAccountExports.response, {
        exports: [
          {
            id: 'exp_1',
            kind: 'person',
            state: 'ready',
            bytes: 48_200,
            sha256: null,
            url: '/v1/exports/exp_1/file',
            expiresAt: ahead(20),
            createdAt: ago(200),
          },
          {
            id: 'exp_2',
            kind: 'person',
            state: 'expired',
            bytes: 47_100,
            sha256: null,
            url: null,
            expiresAt: ago(9000),
            createdAt: ago(10_500),
          },
        ],
      });
    if (route === 'GET /v1/organizations')
      return json(organizations.listOrganizations.response, {
        organizations: [
          { id: 'org_1', name: 'Inlay demo', slug: 'inlay-demo', role: 'owner' },
          { id: 'org_2', name: 'Studio Lumière', slug: 'studio-lumiere', role: 'analyst' },
        ],
      });
    return null;
  };
}
