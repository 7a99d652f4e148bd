import { deadLetters } from '#schema/index.ts';
import { createContext, type Ports } from '../kernel/context.ts';
import type { JobMessage } from '../kernel/define-job.ts';
import { newId } from '../kernel/prefixed-id.ts';
import { carriesBody } from '../kernel/raw-webhooks.ts';
import { describeError } from '../observability/log.ts';

/**
 * Kept in Postgres with its cause until somebody replays it; if even that fails the queue brings it again. A webhook body that storage
 * refused is sealed: it names people.
 */
export async function bury(ports: Ports, message: Message<JobMessage>, error: unknown): Promise<void> {
  const { job, organizationId, input } = message.body;
  const { error: name, code, message: words } = describeError(error);
  const cause = [name, code ?? words].filter(Boolean).join(': ');
  const id = newId('dlt');
  try {
    const kept = carriesBody(input) ? await sealed(ports, id, input) : (input as object);
    await createContext(ports, organizationId || 'system', { kind: 'job', job }).transaction((tx) =>
      tx.sql.insert(deadLetters).values({
        id,
        organizationId: organizationId || 'system',
        job,
        input: kept,
        cause,
        fingerprint: `${job}|${cause.replaceAll(/[0-9a-z]{20,}|\d+/g, '#').slice(0, 120)}`,
        attempts: message.attempts,
      }),
    );
    message.ack();
  } catch (failure) {
    ports.log.error('dead_letter.not_stored', failure, { job });
    message.retry({ delaySeconds: 60 });
  }
}

/** The body is nobody's organization's yet: it is sealed to its own row. */
async function sealed(ports: Ports, id: string, input: unknown): Promise<{ sealed: string }> {
  const place = { organizationId: 'system', table: 'dead_letters', column: 'input', row: id };
  return { sealed: await ports.keyRing.seal(place, JSON.stringify(input)) };
}
