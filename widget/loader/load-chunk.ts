import type { EmbedModule } from '../embed/embed-module.ts';

/**
 * The address this script came from. A classic script from another origin may not use a relative import (its base address is
 * hidden from it), so the address is read while the script runs; a module has no currentScript and may import relatively.
 */
const source = (document.currentScript as HTMLScriptElement | null)?.src;

const LONGEST_PAUSE_MS = 300_000;

/**
 * Imports a chunk that lies beside the loader, again and again until it comes; null once aborted. `onAbsent` runs at the first failure.
 * The count in the address makes a retry a new import: browsers may remember a failed one for the life of the page.
 */
export async function loadChunk(name: string, signal: AbortSignal, onAbsent: () => void): Promise<EmbedModule | null> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const file = attempt === 0 ? name : `${name}?${attempt}`;
    try {
      return await (import(/* @vite-ignore */ source ? new URL(file, source).href : `./${file}`) as Promise<EmbedModule>);
    } catch {
      // A page must not notice that our files are away.
      if (signal.aborted) return null;
      if (attempt === 0) onAbsent();
      await new Promise((resolve) => setTimeout(resolve, Math.min(2000 * 2 ** attempt, LONGEST_PAUSE_MS)));
    }
  }
  return null;
}
