import { parseAnswer } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import { graphCall, toFields, type GraphParams, type GraphSession } from './client.ts';
import { BATCH_LIMIT } from './limits.ts';
import { hasError, mapError } from './map-error.ts';

export interface BatchItem {
  method: 'GET' | 'POST';
  path: string;
  params: GraphParams;
}
type BatchAnswer = { code: number; body: string } | null;

/**
 * Many calls in batches of 50, each item with its own outcome in the order given.
 * @throws PlatformError when the platform refuses a batch as a whole
 */
export async function graphBatch(session: GraphSession, items: BatchItem[]): Promise<(Record<string, unknown> | PlatformError)[]> {
  const results: (Record<string, unknown> | PlatformError)[] = [];
  for (let from = 0; from < items.length; from += BATCH_LIMIT) {
    const part = items.slice(from, from + BATCH_LIMIT);
    const { json } = await graphCall(session, 'POST', '', { batch: part.map(toWire), include_headers: 'false' });
    const answers: BatchAnswer[] = Array.isArray(json) ? json : [];
    part.forEach((_, i) => results.push(readItem(answers[i] ?? null)));
  }
  return results;
}

function toWire({ method, path, params }: BatchItem): Record<string, string> {
  const fields = toFields(params);
  return method === 'GET' ? { method, relative_url: `${path}?${fields}` } : { method, relative_url: path, body: fields.toString() };
}

function readItem(answer: BatchAnswer): Record<string, unknown> | PlatformError {
  if (answer === null) return new PlatformError('unknown', 'The platform ran out of time for this part of a batch.', { platform: 'meta' });
  const json = parseAnswer(answer.body);
  if (answer.code >= 400 || hasError(json) || typeof json !== 'object' || json === null)
    return mapError({ status: answer.code, headers: new Headers(), text: answer.body, json });
  return json as Record<string, unknown>;
}
