import { Secret, TOTP } from 'otpauth';
import { createApiClient, ApiError, ApiUnreachable, type ApiClient } from '#shared/api-client/create-api-client.ts';
import * as account from '#shared/contracts/account.ts';
import * as identity from '#shared/contracts/identity.ts';
import { DEMO, signUpByMail } from '../demo-member.ts';
import type { Stack } from '../stack.ts';

/** Somebody whose second factor is on, and a session of theirs that began before. */
export interface PersonWithCodes {
  email: string;
  userId: string;
  api: ApiClient;
  recoveryCodes: string[];
  /** The app's code of now, or so many steps of 30 seconds from it. */
  code(steps?: number): string;
  /** What a right password gives. */
  challenge(): Promise<string>;
}

export async function personWithCodes(stack: Stack, email: string): Promise<PersonWithCodes> {
  const open = createApiClient({ origin: stack.origin, fetch });
  const tokens = await signUpByMail(stack, { email, organizationName: 'Trust' });
  const api = createApiClient({
    origin: stack.origin,
    fetch,
    authorize: async () => ({ authorization: `Bearer ${tokens.accessToken}` }),
  });
  const { secret } = await api.call(account.startSecondFactor, {});
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  const { recoveryCodes } = await api.call(account.confirmSecondFactor, { body: { code: code() } });
  return {
    email,
    userId: tokens.me.user.id,
    api,
    recoveryCodes,
    code,
    async challenge() {
      const done = await open.call(identity.signIn, { body: { email, password: DEMO.password } });
      if (!('secondFactor' in done)) throw new Error('No second factor was asked for.');
      return done.secondFactor.challenge;
    },
  };
}

/** 200, or the status of the problem; 0 = the connection was cut. */
export const statusOf = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: unknown) => {
      if (error instanceof ApiError) return error.problem.status;
      if (error instanceof ApiUnreachable) return 0;
      throw error;
    },
  );
