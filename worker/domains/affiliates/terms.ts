import type { affiliateProgramRules } from '#schema/index.ts';

export type Terms = Omit<typeof affiliateProgramRules.$inferSelect, 'organizationId' | 'programId'>;

/** Click ids and stores keep whole seconds: what they call an instant is anywhere within that second. */
const SECOND_MS = 999;

/** What was in force at an instant, the earliest version for anything older. `history` is ordered by version and never empty. */
export function termsAt(history: readonly Terms[], at: Date): Terms {
  const inForce = history.findLast((terms) => terms.effectiveAt.getTime() <= at.getTime() + SECOND_MS) ?? history[0];
  if (!inForce) throw new Error('A program without terms.');
  return inForce;
}

/** Whether the program was open at some moment of the second that `at` names. */
export function wasOpen(history: readonly Terms[], at: Date): boolean {
  return history.some((terms, i) => {
    const until = history[i + 1]?.effectiveAt.getTime() ?? Number.POSITIVE_INFINITY;
    return terms.state === 'open' && terms.effectiveAt.getTime() <= at.getTime() + SECOND_MS && until > at.getTime();
  });
}

/** Whether somebody approved at `approvedAt` (null = never) had been by the second that `at` names. */
export const wasApproved = (approvedAt: Date | null, at: Date): boolean =>
  approvedAt !== null && approvedAt.getTime() <= at.getTime() + SECOND_MS;
