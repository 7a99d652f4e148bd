/** Revenue of touch-day cohorts that are old enough to compare two ages: what had come by `age` days, and by one day more. Minor units. */
export interface Growth {
  age: number;
  soFar: bigint;
  later: bigint;
}

/** With fewer orders nothing can be said about how late they come. */
export const CURVE_MIN_ORDERS = 50;
export const CURVE_DAYS = 180;

/**
 * F(a): share of its final revenue that a day of touches has at age a, for a = 0 … windowDays − 1; from there on it is whole.
 * F(a) = Π over b ≥ a of soFar(b) / later(b). An age nobody has lived through changes nothing. Never above 1: refunds can take
 * revenue away again, and that is not more than all.
 */
export function lagCurve(growth: readonly Growth[], windowDays: number): number[] {
  const byAge = new Map(growth.map((one) => [one.age, one]));
  const shares: number[] = [];
  let share = 1;
  for (let age = windowDays - 1; age >= 0; age--) {
    const step = byAge.get(age);
    if (step && step.soFar > 0n && step.later > 0n) share *= Number(step.soFar) / Number(step.later);
    shares.unshift(Math.min(1, share));
  }
  return shares;
}
