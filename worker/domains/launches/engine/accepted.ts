import type { Difference } from '#shared/rules/budget-guard.ts';

/** A difference that a person accepted on one row, as it is stored. */
export interface AcceptedDifference extends Difference {
  by: string;
  at: string;
  reason: string;
}

/** What differs and nobody has accepted: another value of the same field is another difference. */
export function withoutAccepted<D extends Difference>(accepted: unknown, drift: readonly D[]): D[] {
  const known = (accepted as AcceptedDifference[] | null) ?? [];
  return drift.filter(
    (one) => !known.some(({ field, planned, found }) => field === one.field && planned === one.planned && found === one.found),
  );
}
