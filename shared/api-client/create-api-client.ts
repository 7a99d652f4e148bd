import type { z } from 'zod';
import type { BodyInput, Contract, ParamsOf, QueryInput, ResponseOf } from '../contracts/define-contract.ts';
import { problem, type Problem } from '../contracts/parts.ts';

/** The API said no, in its own words. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
  }
}
/** No usable answer: offline, cut, not JSON, or not what the contract says. The call may or may not have happened. */
export class ApiUnreachable extends Error {
  constructor(
    message: string,
    override readonly cause?: unknown,
  ) {
    super(message);
    this.name = 'ApiUnreachable';
  }
}

/** For calls without a contract, whose body is bytes. @throws ApiError in the service's own words, ApiUnreachable without any */
export async function refuseProblem(response: Response): Promise<void> {
  if (response.ok) return;
  const said = problem.safeParse(await response.json().catch(() => null));
  throw said.success ? new ApiError(said.data) : new ApiUnreachable(`The Inlay service answered ${response.status}.`);
}

type Part<Key extends string, Value> = [Value] extends [undefined] ? { [K in Key]?: undefined } : { [K in Key]: Value };
// oxlint-disable-next-line typescript/no-explicit-any -- a contract of any shape; the parts are checked where it is called
type Any = Contract<any, any, any, any>;
export type CallInput<C extends Any> = Part<'params', ParamsOf<C>> &
  Part<'query', QueryInput<C>> &
  Part<'body', BodyInput<C>> & {
    idempotencyKey?: string;
    signal?: AbortSignal;
    headers?: Record<string, string>;
  };
interface Parts {
  params?: object | undefined;
  query?: object | undefined;
  body?: unknown;
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

export interface ApiClient {
  call<C extends Any>(contract: C, input: CallInput<C>): Promise<ResponseOf<C>>;
}

export interface ApiClientOptions {
  origin: string;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** Headers of the signed-in session; asked before every call, and once more with `refresh` after a 401. */
  authorize?: (refresh: boolean) => Promise<Record<string, string>>;
  credentials?: 'include' | 'omit' | 'same-origin';
}

/** Contract in, parsed answer out. Nothing is retried except a 401 after renewing the session. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = async (contract: Any, input: Parts, renew: boolean): Promise<Response> => {
    const path = contract.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
      encodeURIComponent(String((input.params as Record<string, unknown>)[name])),
    );
    const url = new URL(options.origin + path);
    for (const [name, value] of Object.entries(input.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
    const auth = contract.access.kind === 'public' || !options.authorize ? {} : await options.authorize(renew);
    return options.fetch(url.href, {
      method: contract.method,
      headers: {
        accept: 'application/json',
        ...auth,
        ...input.headers,
        ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(input.idempotencyKey ? { 'idempotency-key': input.idempotencyKey } : {}),
      },
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.signal ? { signal: input.signal } : {}),
      ...(options.credentials ? { credentials: options.credentials } : {}),
    });
  };
  return {
    async call(contract, input) {
      let response: Response;
      try {
        response = await send(contract, input, false);
        if (response.status === 401 && contract.access.kind !== 'public' && options.authorize) response = await send(contract, input, true);
      } catch (cause) {
        if (cause instanceof ApiError || cause instanceof ApiUnreachable) throw cause;
        throw new ApiUnreachable('The Inlay service did not answer.', cause);
      }
      const json: unknown =
        response.status === 204
          ? {}
          : await response.json().catch((cause: unknown) => {
              throw new ApiUnreachable('The answer was not readable.', cause);
            });
      if (!response.ok) {
        const said = problem.safeParse(json);
        throw said.success ? new ApiError(said.data) : new ApiUnreachable(`The Inlay service answered ${response.status}.`);
      }
      const parsed = (contract.response as z.ZodType).safeParse(json);
      if (!parsed.success) throw new ApiUnreachable('The answer does not fit this version of Inlay; reload or update.', parsed.error);
      return parsed.data as ResponseOf<typeof contract>;
    },
  };
}
