import { ApiError, ApiUnreachable } from '#shared/api-client/create-api-client.ts';
import type { Answer, Ask, Kind } from '../messaging/messages.ts';
import type { Failure, Outcome } from '../messaging/outcome.ts';
import { whoAsks, type Sender } from './check-sender.ts';
import { MESSAGE_SCHEMAS } from './message-schemas.ts';

export type Handlers = { [K in Kind]: (ask: Ask<K>, sender: Sender) => Promise<Answer<K>> };

/**
 * Turns a message into an answer as data. The handler is reached without an await in between, so that a user gesture that travels
 * with the message is still good for opening the side panel.
 * @returns null for a sender we do not answer at all
 */
export function createMessageHandler(handlers: Handlers, self: { id: string; origin: string }) {
  return (message: unknown, sender: Sender): Promise<Outcome<unknown>> | null => {
    const who = whoAsks(sender, self);
    if (who === null) return null;
    const kind = kindOf(message);
    if (kind === null || (who === 'content' && !kind.startsWith('overlay.'))) return refuse('This question is not in the set.');
    const ask = MESSAGE_SCHEMAS[kind].safeParse((message as { ask?: unknown }).ask);
    if (!ask.success) return refuse('This question does not have the agreed shape.');
    const answer = (handlers[kind] as (ask: unknown, sender: Sender) => Promise<unknown>)(ask.data, sender);
    return answer.then(
      (value) => ({ ok: true, value }),
      (cause: unknown) => ({ ok: false, failure: failureOf(cause) }),
    );
  };
}

function kindOf(message: unknown): Kind | null {
  const kind = typeof message === 'object' && message !== null && 'kind' in message ? message.kind : null;
  return typeof kind === 'string' && Object.hasOwn(MESSAGE_SCHEMAS, kind) ? (kind as Kind) : null;
}

const refuse = (message: string): Promise<Outcome<never>> => Promise.resolve({ ok: false, failure: { kind: 'refused', message } });

function failureOf(cause: unknown): Failure {
  if (cause instanceof ApiError) return { kind: 'api', problem: cause.problem };
  if (cause instanceof ApiUnreachable) return { kind: 'unreachable', message: cause.message };
  return { kind: 'unreachable', message: cause instanceof Error ? cause.message : 'Something failed inside the extension.' };
}
