import type { Ports } from './context.ts';

const MUTANTS = ['no-signature-check'] as const;
export type Mutant = (typeof MUTANTS)[number];

/**
 * Takes one guard out on purpose, so that the tests can prove they would notice. Deaf wherever the outside is real.
 */
export function isMutant(ports: Pick<Ports, 'settings' | 'bindings'>, mutant: Mutant): boolean {
  return ports.settings.OUTSIDE_ORIGIN !== undefined && (ports.bindings as { INLAY_MUTANT?: unknown }).INLAY_MUTANT === mutant;
}
