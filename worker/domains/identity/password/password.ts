import Argon2 from '@phi-ag/argon2';
import wasm from '@phi-ag/argon2/argon2.wasm';
import { inTurn } from './in-turn.ts';
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

export const hashPassword = (password: string): Promise<string> => inTurn(() => load().hash(samePassword(password), COST).encoded);
export const verifyPassword = (encoded: string, password: string): Promise<boolean> =>
  inTurn(() => load().tryVerify(encoded, samePassword(password)).success);

/** Of random bytes that nobody kept, at the cost of a password. */
const NOBODY = '$argon2id$v=19$m=19456,t=2,p=1$PkT/6WnRalr89XrdLWBK8A$hy9sFOvy+3nUU0JjzqXCDkrl8dBvb3ekVrQolJCtISU';
/** Work as long as a real check, for addresses nobody has and for people without a password: time tells nothing. */
export async function verifyNobody(password: string): Promise<false> {
  await verifyPassword(NOBODY, password);
  return false;
}

export const hashCodes = (codes: readonly string[]): Promise<string[]> =>
  inTurn(() => codes.map((code) => load().hash(code, CODE_COST).encoded));
/** Which of these hashes is the code's: its place, or -1. */
export const findCode = (hashes: readonly string[], code: string): Promise<number> =>
  inTurn(() => hashes.findIndex((encoded) => load().tryVerify(encoded, code).success));
