import { createApiClient, ApiError, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me, Tokens } from '#shared/contracts/identity.ts';
import { browserClient } from './browser-client.ts';
import { control } from './sandbox-control.ts';
import { until } from './until.ts';

/** The demo organization's owner. The password protects nothing but demo data on this machine. */
export const DEMO = {
  email: 'demo@inlay.test',
  password: 'inlay on this machine',
  organizationName: 'Demo organization',
  name: 'Demo owner',
  currency: 'EUR',
  timezone: 'Europe/Paris',
} as const;

export interface SignedIn {
  api: ApiClient;
  me: Me;
  token(): string;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Signs in once more, as the app renews its token: a fresh proof as well. */
  renew(): Promise<void>;
}

export interface DemoWorld {
  origin: string;
  sandbox: { url: string };
}

/** A new account, opened by the link that arrives in the sandbox's mailbox. */
export async function signUpByMail({ origin, sandbox }: DemoWorld, as: { email: string; organizationName: string }): Promise<Tokens> {
  const open = browserClient(origin);
  await open.call(identity.signUp, { body: { ...DEMO, ...as } });
  const token = await until(
    'the confirmation mail',
    async () => {
      const { mails } = await control<{ mails: { to: string[]; text: string | null }[] }>(sandbox, 'GET', 'mailbox');
      return mails.findLast((mail) => mail.to.includes(as.email))?.text?.match(/#([\w-]+)/)?.[1];
    },
    30_000,
  );
  return open.call(identity.confirmSignUp, { body: { token } });
}

/** Signs the demo owner in, or up when the stack is fresh. */
export async function demoMember(
  { origin, sandbox }: DemoWorld,
  as: { email: string; organizationName: string } = DEMO,
): Promise<SignedIn> {
  const open = createApiClient({ origin, fetch });
  const signIn = async (): Promise<Tokens> => {
    const answer = await open.call(identity.signIn, { body: { email: as.email, password: DEMO.password } });
    if ('secondFactor' in answer) throw new Error('The demo owner has no second factor.');
    return answer;
  };
  const tokens = await signIn().catch((error: unknown) => {
    if (error instanceof ApiError && error.problem.code === 'not_signed_in') return signUpByMail({ origin, sandbox }, as);
    throw error;
  });
  let access = tokens.accessToken;
  const signInAgain = async () => {
    access = (await signIn()).accessToken;
  };
  return {
    me: tokens.me,
    token: () => access,
    renew: signInAgain,
    api: createApiClient({
      origin,
      fetch,
      authorize: async (renew) => {
        if (renew) await signInAgain();
        return { authorization: `Bearer ${access}` };
      },
    }),
    fetch: (path, init = {}) => fetch(origin + path, { ...init, headers: { authorization: `Bearer ${access}`, ...init.headers } }),
  };
}
