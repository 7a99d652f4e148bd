import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { deadLetters } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { replayDeadLetters as contract } from '#shared/contracts/operations.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { keepRaw, rawDelivery, sourceOfJob } from '../../../kernel/raw-webhooks.ts';
import { sendMessages } from '../../../kernel/send-messages.ts';
import { countLetters, openLetters } from './open-letters.ts';

/** As many as one call can handle within its time. */
const MOST_AT_ONCE = 500;
/** Any queue's consumer finds a job by its name. */
const QUEUE = 'job';
const sealedInput = z.object({ sealed: z.string() });

/**
 * Sends letters their job's own way once more. A letter is taken by compare-and-set and marked in the transaction that sends it, so of
 * any number of replays one sends; the job decides from Postgres what is left to do. One that fails again is a new letter.
 */
export async function replayDeadLetters(
  staff: Context,
  { fingerprint, id, dryRun }: BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  const { ports } = staff;
  const meant = { fingerprint, id };
  if (dryRun) {
    const left = await countLetters(ports, meant);
    return { count: left, left };
  }
  let count = 0;
  for (const letter of await openLetters(ports, meant, MOST_AT_ONCE))
    if (await replay(createContext(ports, letter.organizationId, staff.actor), letter.id)) count += 1;
  return { count, left: await countLetters(ports, meant) };
}

async function replay(ctx: Context, id: string): Promise<boolean> {
  return ctx.transaction(async (tx) => {
    const [letter] = await tx.sql
      .update(deadLetters)
      .set({ resolution: 'replayed', resolvedBy: ctx.person().userId, resolvedAt: ctx.now() })
      .where(and(eq(deadLetters.id, id), eq(deadLetters.organizationId, ctx.organizationId), isNull(deadLetters.resolvedAt)))
      .returning();
    if (!letter) return false; // somebody was faster
    await tx.audit('dead_letter.replayed', id, { job: letter.job });
    if (letter.organizationId !== 'system') {
      await tx.enqueue({ name: letter.job, queue: QUEUE, input: z.unknown() }, letter.input);
      return true;
    }
    // Nobody's work has no outbox: it is sent before the commit. A commit that fails leaves the letter open, and the job is repeatable.
    const sealed = sealedInput.safeParse(letter.input);
    if (sealed.success) await keepAgain(ctx, letter.job, id, sealed.data.sealed);
    else
      await sendMessages(ctx.ports.bindings, [
        { queue: QUEUE, message: { v: 1, job: letter.job, organizationId: '', input: letter.input }, delaySeconds: 0 },
      ]);
    return true;
  });
}

/** A webhook body that storage had refused: it goes to storage now, as if it had just come. */
async function keepAgain(ctx: Context, job: string, id: string, sealed: string): Promise<void> {
  const place = { organizationId: 'system', table: 'dead_letters', column: 'input', row: id };
  const delivery = rawDelivery(JSON.parse(await ctx.ports.keyRing.unseal(place, sealed)));
  const source = sourceOfJob(job);
  if (source === null || !(await keepRaw(ctx.ports, source, 'replayed', delivery)))
    throw new AppError('unavailable', 'The stored body could not be put back. The letter stays open; try again in a minute.', {
      retryAfterSeconds: 60,
    });
}
