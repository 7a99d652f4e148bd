/** While the page is looked at, the account is asked about this often. */
const EVERY_MS = 2 * 60_000;
/** Refusals come in handfuls: one look answers for all of them. */
const LEAST_GAP_MS = 5_000;

const wishes = new Set<() => void>();

/** Something was refused that the screen had offered: the role behind it may be another one by now. */
export function doubtSession(): void {
  for (const wish of wishes) wish();
}

type Page = Pick<Document, 'visibilityState' | 'addEventListener'>;

/**
 * Looks again whether who is signed in is still who the screen says: now and then, when the page comes back to the front, and in doubt. A
 * person who was taken out, or whose role changed, need not load the page to find out. A look that fails is left to the next one.
 */
export function watchSession(look: () => Promise<void>, page: Page, signal: AbortSignal): void {
  let lookedAt = Date.now();
  let busy = false;
  const again = async () => {
    if (busy || page.visibilityState !== 'visible' || Date.now() - lookedAt < LEAST_GAP_MS) return;
    busy = true;
    try {
      await look();
    } catch {
      // Out of reach, or signed out: who asks next is told so, by the transport.
    } finally {
      busy = false;
      lookedAt = Date.now();
    }
  };
  const wish = () => void again();
  wishes.add(wish);
  page.addEventListener('visibilitychange', wish, { signal });
  const timer = setInterval(wish, EVERY_MS);
  signal.addEventListener(
    'abort',
    () => {
      clearInterval(timer);
      wishes.delete(wish);
    },
    { once: true },
  );
}
