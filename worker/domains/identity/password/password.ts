import Argon2 from '@phi-ag/argon2';
import wasm from '@phi-ag/argon2/argon2.wasm';

/** Argon2id, 19 MiB, two passes: the memory one isolate can lend to a few sign-ins at once. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 4;

let engine: Promise<Argon2> | undefined;
const load = (): Promise<Argon2> => (engine ??= WebAssembly.instantiate(wasm).then((instance) => new Argon2(instance)));

let running = 0;
const queue: (() => void)[] = [];
/** At most four hashes at a time: 128 MB is shared by everything in the isolate. */
async function inTurn<T>(work: (argon2: Argon2) => T): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
  running++;
  try {
    return work(await load());
  } finally {
    running--;
    queue.shift()?.();
  }
}

export const hashPassword = (password: string): Promise<string> =>
  inTurn((argon2) => argon2.hash(password.normalize('NFKC'), COST).encoded);
export const verifyPassword = (encoded: string, password: string): Promise<boolean> =>
  inTurn((argon2) => argon2.tryVerify(encoded, password.normalize('NFKC')).success);

let nobody: Promise<string> | undefined;
/** Work as long as a real check, for addresses nobody has: time tells nothing. */
export async function verifyNobody(password: string): Promise<false> {
  nobody ??= hashPassword('nobody has this password');
  await verifyPassword(await nobody, password);
  return false;
}
