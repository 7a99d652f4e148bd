import { REQUEST_ID_HEADER } from '../../core/router.ts';
import { underFaults } from '../../core/under-faults.ts';
import { DATA_MANAGER_SCOPE } from '../../google/tokens.ts';
import { part } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import type { AdsWorld } from '../world.ts';
import { IngestError } from './ingest-error.ts';
import { ingestEvents, retrieveStatus } from './ingest-events.ts';

export const DATA_MANAGER_HOST = 'datamanager.googleapis.com';

function personOf(world: AdsWorld, request: Request): string {
  const holder = world.google.holderOf(/^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '');
  const account = world.google.store.accounts.find((one) => one.sub === holder?.sub);
  if (holder?.state !== 'good' || account === undefined)
    throw new IngestError(401, 'ACCESS_TOKEN_EXPIRED', 'Request had invalid authentication credentials.');
  if (!holder.scopes.includes(DATA_MANAGER_SCOPE))
    throw new IngestError(403, 'ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'Request had insufficient authentication scopes.');
  return account.email;
}

function readJson(text: string): Fields {
  try {
    return part(JSON.parse(text === '' ? '{}' : text));
  } catch {
    throw new IngestError(400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.');
  }
}

/** The Data Manager, where conversions go since the Ads API takes them no more: events and what became of them. */
export async function answerDataManager(world: AdsWorld, request: Request): Promise<Response | null> {
  const url = new URL(request.url);
  const requestId = request.headers.get(REQUEST_ID_HEADER) ?? 'none';
  const text = await request.text();
  const refuse = (error: IngestError): Response => Response.json(error.body(requestId), { status: error.status });
  const answer = (): Fields => {
    const email = personOf(world, request);
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /v1/events:ingest':
        return ingestEvents(world, email, readJson(text));
      case 'GET /v1/requestStatus:retrieve':
        return retrieveStatus(world, url.searchParams.get('requestId'));
      default:
        throw new IngestError(404, 'NOT_FOUND', 'Method not found.');
    }
  };
  const transactions = [...text.matchAll(/"transactionId":\s*"([^"]*)"/g)].map((found) => found[1]).join();
  return underFaults(world.core, {
    vendor: 'google-ads',
    key: `${request.method} ${url.pathname} ${transactions}`,
    isWrite: request.method === 'POST',
    apply: () => {
      try {
        return Response.json(answer());
      } catch (error) {
        if (error instanceof IngestError) return refuse(error);
        throw error;
      }
    },
    throttled: () => refuse(new IngestError(429, 'RESOURCE_EXHAUSTED', 'Too many requests.')),
    failed: () => refuse(new IngestError(500, 'INTERNAL_ERROR', 'Internal error.')),
  });
}
