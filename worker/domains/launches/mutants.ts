import type { Ports } from '../../kernel/context.ts';

const MUTANTS = ['no-window', 'no-compare-and-set', 'no-attempt-guard', 'no-parent-rule'] as const;
export type Mutant = (typeof MUTANTS)[number];

/**
 * Breaks one guard of the exactly-once algorithm on purpose, so that the tests can prove they would notice (domain/launching L15).
 * Read nowhere else, and deaf wherever the outside is real.
 */
export function isMutant(ports: Pick<Ports, 'settings' | 'bindings'>, mutant: Mutant): boolean {
  return ports.settings.OUTSIDE_ORIGIN !== undefined && (ports.bindings as { INLAY_MUTANT?: unknown }).INLAY_MUTANT === mutant;
}
