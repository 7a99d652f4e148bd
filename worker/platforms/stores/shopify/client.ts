import { send } from '../../http/send.ts';
import { PlatformError, type FailureClass } from '../../platform-error.ts';
import type { StoreSession } from '../store-platform.ts';
import { ADMIN_VERSION } from './version.ts';

interface GraphqlError {
  message?: string;
  extensions?: { code?: string };
}
interface Envelope {
  data?: unknown;
  errors?: GraphqlError[] | string;
  extensions?: { cost?: { requestedQueryCost?: number; throttleStatus?: { currentlyAvailable?: number; restoreRate?: number } } };
}

const BY_STATUS: Record<number, FailureClass> = {
  401: 'auth',
  402: 'refused',
  403: 'auth',
  404: 'missing',
  423: 'refused',
  429: 'throttled',
};

/**
 * One Admin GraphQL call. Three layers can say no: the HTTP status, `errors` in a 200 (THROTTLED among them), and `userErrors`
 * inside the data, which the caller reads.
 * @throws PlatformError
 */
export async function admin<Data>(session: StoreSession, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const answer = await send(session.outside, 'shopify', `https://${session.shop}/admin/api/${ADMIN_VERSION}/graphql.json`, {
    method: 'POST',
    timeoutMs: session.timeoutMs,
    headers: { 'content-type': 'application/json', 'x-shopify-access-token': session.accessToken },
    body: JSON.stringify({ query, variables }),
  });
  if (answer.status !== 200)
    throw new PlatformError(BY_STATUS[answer.status] ?? 'unknown', `The store answered ${answer.status}.`, {
      platform: 'shopify',
      httpStatus: answer.status,
    });
  const envelope = (answer.json ?? {}) as Envelope;
  if (Array.isArray(envelope.errors) && envelope.errors.length > 0) {
    const [first] = envelope.errors;
    const code = first?.extensions?.code;
    const cost = envelope.extensions?.cost;
    const missing = (cost?.requestedQueryCost ?? 0) - (cost?.throttleStatus?.currentlyAvailable ?? 0);
    throw new PlatformError(
      code === 'THROTTLED' ? 'throttled' : code === 'ACCESS_DENIED' ? 'auth' : 'refused',
      first?.message ?? 'No reason was given.',
      {
        platform: 'shopify',
        httpStatus: 200,
        ...(code ? { code } : {}),
        ...(code === 'THROTTLED' ? { retryAfterSeconds: Math.max(1, Math.ceil(missing / (cost?.throttleStatus?.restoreRate ?? 50))) } : {}),
      },
    );
  }
  if (typeof envelope.data !== 'object' || envelope.data === null)
    throw new PlatformError('unknown', 'An answer without data.', { platform: 'shopify', httpStatus: 200 });
  return envelope.data as Data;
}
