import { createApiClient, ApiError, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as identity from '#shared/contracts/identity.ts';
import type { Me } from '#shared/contracts/identity.ts';

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
}

/** Signs the demo owner in, or up when the stack is fresh. */
export async function demoMember(origin: string, as: { email: string; organizationName: string } = DEMO): Promise<SignedIn> {
  const open = createApiClient({ origin, fetch });
  const tokens = await open.call(identity.signIn, { body: { email: as.email, password: DEMO.password } }).catch((error: unknown) => {
    if (error instanceof ApiError && error.problem.code === 'not_signed_in')
      return open.call(identity.signUp, { body: { ...DEMO, ...as } });
    throw error;
  });
  let access = tokens.accessToken;
  const signInAgain = async () => {
    access = (await open.call(identity.signIn, { body: { email: as.email, password: DEMO.password } })).accessToken;
  };
  return {
    me: tokens.me,
    token: () => access,
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
