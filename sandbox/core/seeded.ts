import { createHash } from 'node:crypto';

/** A number in [0, 1) that depends on nothing but the seed and the key, so any run can be repeated exactly. */
export function seededNumber(seed: number, key: string): number {
  return createHash('sha256').update(`${seed}|${key}`).digest().readUIntBE(0, 6) / 2 ** 48;
}

/** A fast seeded sequence (mulberry32) for generating many rows; not for secrets. */
export function seededSequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
