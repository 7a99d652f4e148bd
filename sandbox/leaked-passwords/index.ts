import { createHash } from 'node:crypto';
import type { SandboxCore, Vendor } from '../core/vendor.ts';

export interface LeakedPasswordsVendor extends Vendor {
  /** From now on this password stands in a leak. */
  leak(password: string): void;
  /** False = every question is answered with 503. */
  setOpen(open: boolean): void;
}

const PADDING = 800;

/**
 * The range API of leaked passwords (https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange): five hex digits of a SHA-1 for all
 * known suffixes, "SUFFIX:COUNT" by line; with Add-Padding, lines with the count 0 fill up.
 */
export function createLeakedPasswords(core: SandboxCore): LeakedPasswordsVendor {
  let leaked: string[] = [];
  let isOpen = true;
  const answer = (prefix: string, padded: boolean): string => {
    const lines = leaked.filter((hash) => hash.startsWith(prefix)).map((hash) => `${hash.slice(5)}:3`);
    const filler = (n: number) => createHash('sha1').update(`${core.seed}|${prefix}|${n}`).digest('hex').toUpperCase().slice(5);
    return [...lines, ...Array.from({ length: padded ? PADDING - lines.length : 0 }, (_, n) => `${filler(n)}:0`)].join('\r\n');
  };
  return {
    name: 'leaked-passwords',
    serves: (host) => host === 'api.pwnedpasswords.com',
    leak(password) {
      leaked.push(createHash('sha1').update(password.normalize('NFKC')).digest('hex').toUpperCase());
      core.touch();
    },
    setOpen(open) {
      isOpen = open;
    },
    handle: async (request) => {
      if (!isOpen) return new Response('Service unavailable', { status: 503 });
      const [, prefix] = /^\/range\/([0-9A-Fa-f]{5})$/.exec(new URL(request.url).pathname) ?? [];
      if (request.method !== 'GET' || prefix === undefined)
        return new Response('The hash prefix was not in a valid format', { status: 400 });
      return new Response(answer(prefix.toUpperCase(), request.headers.get('add-padding') === 'true'), {
        headers: { 'content-type': 'text/plain' },
      });
    },
    control: async () => undefined,
    objects: () => ({ leaked: leaked.length }),
    snapshot: () => leaked,
    restore: (state) => {
      leaked = (state as string[] | undefined) ?? [];
    },
  };
}
