import type { CoreParts } from './create-core.ts';
import type { Vendor } from './vendor.ts';

interface SavedState {
  format: 1;
  seed: number;
  nextNumber: number;
  vendors: Record<string, unknown>;
}

/** A plain-JSON picture of everything that does not follow from the seed. */
export function takeState(parts: CoreParts, vendors: readonly Vendor[]): SavedState {
  return {
    format: 1,
    seed: parts.core.seed,
    nextNumber: parts.nextNumber(),
    vendors: Object.fromEntries(vendors.map((vendor) => [vendor.name, vendor.snapshot()])),
  };
}

/** Puts a saved picture back. State of another seed is refused: its ids would collide with other objects. */
export function putState(parts: CoreParts, vendors: readonly Vendor[], saved: unknown): void {
  const state = saved as SavedState;
  if (state.seed !== parts.core.seed) {
    throw new Error(`the sandbox state file was written with seed ${state.seed}, this run uses ${parts.core.seed}`);
  }
  parts.setNextNumber(state.nextNumber);
  for (const vendor of vendors) {
    const own = state.vendors[vendor.name];
    if (own !== undefined) vendor.restore(own);
  }
}
