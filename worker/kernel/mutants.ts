import type { Ports } from './context.ts';

/** One guard each, taken away on purpose so that the suite can prove it would notice. `no-rls` is done to the test's own database. */
export const MUTANTS = [
  'no-window',
  'no-compare-and-set',
  'no-attempt-guard',
  'no-parent-rule',
  'no-signature-check',
  'no-challenge-count',
  'no-totp-once',
  'no-rls',
  'no-single-use',
] as const;
export type Mutant = (typeof MUTANTS)[number];

/** Deaf wherever the outside is real: in production no guard can be taken away. */
export function isMutant(ports: Pick<Ports, 'settings' | 'bindings'>, mutant: Mutant): boolean {
  return ports.settings.OUTSIDE_ORIGIN !== undefined && (ports.bindings as { INLAY_MUTANT?: unknown }).INLAY_MUTANT === mutant;
}
