import type { z } from 'zod';
import type { program } from '#shared/contracts/affiliates.ts';

export type Program = z.output<typeof program>;

/** The rate in percent: 3/20 is 15. Rates are entered with at most two decimals, so this is exact. */
export function percentOf(program: Pick<Program, 'rateNum' | 'rateDen'>): number {
  return Math.round((program.rateNum * 10_000) / program.rateDen) / 100;
}
