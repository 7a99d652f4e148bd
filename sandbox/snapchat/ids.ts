import { createHash } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';

/** Every object has a lower-case UUID v4 (guide: objects); nothing in it says what it is of. */
export function nextUuid(core: SandboxCore): string {
  const hex = createHash('sha256').update(`snapchat ${core.seed} ${core.nextId()}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A long hex word per request, as in the documentation's examples. */
export function requestIdOf(core: SandboxCore, requestId: string): string {
  return `5e9${createHash('sha256').update(`${core.seed} ${requestId}`).digest('hex').slice(0, 47)}`;
}

/** Text that nobody can guess from the outside, yet the same in every run of one seed. */
export function nextSecret(core: SandboxCore, what: string): string {
  return createHash('sha256').update(`${core.seed} ${what} ${core.nextId()}`).digest('hex');
}
