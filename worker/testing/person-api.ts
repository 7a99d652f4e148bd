import type { Problem } from '#shared/contracts/parts.ts';
import { createApiClient, type ApiClient, type ApiError } from '#shared/api-client/create-api-client.ts';
import type { TestWorker } from './harness.ts';

/** Calls with somebody's access token. */
export const apiWith = (w: TestWorker, token: string): ApiClient =>
  createApiClient({
    origin: 'http://worker',
    fetch: (address, init) => fetch(w.origin + address.slice('http://worker'.length), init),
    authorize: async () => ({ authorization: `Bearer ${token}` }),
  });

/** The problem a call was refused with. */
export const problemOf = (call: Promise<unknown>): Promise<Problem> =>
  call.then(
    () => {
      throw new Error('was not refused');
    },
    (error: unknown) => (error as ApiError).problem,
  );
