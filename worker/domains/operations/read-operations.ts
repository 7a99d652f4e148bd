import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { readOperations as contract } from '#shared/contracts/operations.ts';
import type { Ports } from '../../kernel/context.ts';
import { checkParts } from './check-parts.ts';
import { readIntake } from './read-intake.ts';

/** What Postgres counts over all organizations, as its function gives it. */
const counted = contract.response
  .pick({ deadLetters: true, connections: true, mails: true, webhooks: true, launches: true })
  .extend({ auditsNotIntact: z.int() });

/** How the machine is: counts and ages of all organizations together, nothing of anybody's. */
export async function readOperations(ports: Ports): Promise<ResponseOf<typeof contract>> {
  const now = ports.now();
  const [{ parts, outbox }, state, intake] = await Promise.all([checkParts(ports), readState(ports), readIntake(ports)]);
  const { auditsNotIntact, ...counts } = state;
  return {
    at: now.toISOString(),
    parts: [
      ...parts.map(({ name, state: is, ms, detail }) => ({ name, state: is, detail: detail ?? (ms === null ? null : `${ms} ms`) })),
      {
        name: 'audit',
        state: auditsNotIntact === 0 ? 'ok' : 'down',
        detail: auditsNotIntact === 0 ? null : `${auditsNotIntact} logs are not what was sealed`,
      },
    ],
    outbox,
    intake,
    ...counts,
  };
}

export async function readState(ports: Ports): Promise<z.infer<typeof counted>> {
  const { rows } = await ports.database
    .within({})
    .read((q) => q.execute<{ state: unknown }>(sql`select operations_state(${ports.now().toISOString()}) as state`));
  return counted.parse(rows[0]?.state);
}
