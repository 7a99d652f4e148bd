import { and, eq, isNull } from 'drizzle-orm';
import { deadLetters } from '#schema/index.ts';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { dismissDeadLetters as contract } from '#shared/contracts/operations.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { ownersOfLetters } from './open-letters.ts';

/** Marks a group as harmless. A letter somebody replayed meanwhile stays replayed. */
export async function dismissDeadLetters(
  staff: Context,
  { fingerprint, why }: BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  let count = 0;
  for (const organizationId of await ownersOfLetters(staff.ports, { fingerprint }))
    count += await dismiss(createContext(staff.ports, organizationId, staff.actor), fingerprint, why);
  return { count };
}

async function dismiss(ctx: Context, fingerprint: string, why: string): Promise<number> {
  return ctx.transaction(async (tx) => {
    const done = await tx.sql
      .update(deadLetters)
      .set({ resolution: 'harmless', resolvedBy: ctx.person().userId, resolvedWhy: why, resolvedAt: ctx.now() })
      .where(
        and(eq(deadLetters.fingerprint, fingerprint), eq(deadLetters.organizationId, ctx.organizationId), isNull(deadLetters.resolvedAt)),
      )
      .returning({ id: deadLetters.id });
    if (done.length > 0) await tx.audit('dead_letters.dismissed', fingerprint, { count: done.length, why });
    return done.length;
  });
}
