import { sideBySide } from '../../http/side-by-side.ts';
import { parseAnswer } from '../../http/send.ts';
import { PlatformError } from '../../platform-error.ts';
import { graphCall, toFields, type GraphParams, type GraphSession } from './client.ts';
import { BATCH_LIMIT } from './limits.ts';
import { hasError, mapError } from './map-error.ts';

export interface BatchItem {
  method: 'GET' | 'POST';
  /** May refer to an earlier item's answer: `{result=name:$.id}`. */
  path: string;
  params: GraphParams;
  name?: string;
  /** Runs after the item of this name, and not at all when that one fails. */
  after?: string;
}
/** Calls of one piece of work under way at once: six connections may be open. */
const LANES = 5;

type BatchAnswer = { code: number; body: string } | null;

/**
 * Reads and sets in batches of 50, a few side by side, each item with its own outcome in the order given. An item and the one that waits for
 * it stand in pairs, so that none is cut.
 * @throws PlatformError when the platform refuses a batch as a whole
 */
export async function graphBatches(session: GraphSession, items: BatchItem[]): Promise<(Record<string, unknown> | PlatformError)[]> {
  const parts = Array.from({ length: Math.ceil(items.length / BATCH_LIMIT) }, (_, i) =>
    items.slice(i * BATCH_LIMIT, (i + 1) * BATCH_LIMIT),
  );
  const answers = await sideBySide(LANES, parts, (part) => graphBatch(session, part));
  return answers.flatMap((answer) => answer.items);
}

/** One batch of at most 50, whose items may wait for one another; with the trace id of the whole. @throws as above */
export async function graphBatch(
  session: GraphSession,
  items: readonly BatchItem[],
): Promise<{ items: (Record<string, unknown> | PlatformError)[]; traceId: string | null }> {
  const { json, traceId } = await graphCall(session, 'POST', '', { batch: items.map(toWire), include_headers: 'false' });
  const answers: BatchAnswer[] = Array.isArray(json) ? json : [];
  return { items: items.map((_, i) => readItem(answers[i] ?? null)), traceId };
}

function toWire({ method, path, params, name, after }: BatchItem): Record<string, string | boolean> {
  const fields = toFields(params);
  return {
    method,
    ...(method === 'GET' ? { relative_url: `${path}?${fields}` } : { relative_url: path, body: fields.toString() }),
    // The answer of what others wait for is left out unless it is asked for.
    ...(name === undefined ? {} : { name, omit_response_on_success: false }),
    ...(after === undefined ? {} : { depends_on: after }),
  };
}

function readItem(answer: BatchAnswer): Record<string, unknown> | PlatformError {
  if (answer === null) return new PlatformError('unknown', 'The platform ran out of time for this part of a batch.', { platform: 'meta' });
  const json = parseAnswer(answer.body);
  if (answer.code >= 400 || hasError(json) || typeof json !== 'object' || json === null)
    return mapError({ status: answer.code, headers: new Headers(), text: answer.body, json });
  return json as Record<string, unknown>;
}
