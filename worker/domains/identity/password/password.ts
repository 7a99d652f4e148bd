import Argon2 from '@phi-ag/argon2';
import wasm from '@phi-ag/argon2/argon2.wasm';
import { AppError } from '../../../kernel/errors.ts';
import { samePassword } from './password-text.ts';

/** Argon2id, 19 MiB, two passes: the memory one isolate can lend to a few sign-ins at once. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/**
 * For recovery codes: 4 MiB, one pass. Nobody guesses 75 random bits, whatever the hash costs; ten of these cost what one password does,
 * and a code has to be compared with all ten.
 */
const CODE_COST = { memoryCost: 4_096, timeCost: 1, parallelism: 1 } as const;

let engine: Argon2 | undefined;
/** Made in one step, not awaited: a promise begun by a request that its browser breaks off would never end for the others. */
const load = (): Argon2 => (engine ??= new Argon2(new WebAssembly.Instance(wasm)));

const MOST_WAITING = 50;
const ABANDONED_MS = 30_000;
const waiting = new Map<symbol, number>();

/**
 * A hash runs from its start to its end without a break, so an isolate lends the memory of one at a time. Each first lets go once, so
 * that plain reads come between two hashes, and those who wait are counted. Nobody wakes anybody: a request that is broken off while
 * it waits holds nobody up, and its place is free again after 30 seconds.
 * @throws unavailable when 50 are waiting already
 */
async function inTurn<T>(work: (argon2: Argon2) => T): Promise<T> {
  const now = Date.now();
  for (const [place, since] of waiting) if (now - since > ABANDONED_MS) waiting.delete(place);
  if (waiting.size >= MOST_WAITING)
    throw new AppError('unavailable', 'Very many people are signing in right now. Nothing was done; try again in a few seconds.', {
      retryAfterSeconds: 5,
    });
  const place = Symbol('place');
  waiting.set(place, now);
  try {
    await new Promise((resolve) => setTimeout(resolve, 0));
    return work(load());
  } finally {
    waiting.delete(place);
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn((argon2) => argon2.hash(samePassword(password), COST).encoded);
export const verifyPassword = (encoded: string, password: string): Promise<boolean> =>
  inTurn((argon2) => argon2.tryVerify(encoded, samePassword(password)).success);

/** Of random bytes that nobody kept, at the cost of a password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$PkT/6WnRalr89XrdLWBK8A$hy9sFOvy+3nUU0JjzqXCDkrl8dBvb3ekVrQolJCtISU';
/** Work as long as a real check, for addresses nobody has and for people without a password: time tells nothing. */
export async function verifyNobody(password: string): Promise<false> {
  await verifyPassword(NOBODY, password);
  return false;
}

export const hashCodes = (codes: readonly string[]): Promise<string[]> =>
  inTurn((argon2) => codes.map((code) => argon2.hash(code, CODE_COST).encoded));
/** Which of these hashes is the code's: its place, or -1. */
export const findCode = (hashes: readonly string[], code: string): Promise<number> =>
  inTurn((argon2) => hashes.findIndex((encoded) => argon2.tryVerify(encoded, code).success));
