import type { OverlayKey } from '#shared/messages/overlay.ts';

export type WhyOff = Extract<OverlayKey, `why.${string}`>;

/** Whether row figures stand, and if not, why: row figures tell, the strip shows. */
export function createRowLevel() {
  const listeners = new Set<() => void>();
  let why: WhyOff | null = 'why.starting';
  return {
    get why() {
      return why;
    },
    set(next: WhyOff | null): void {
      if (next === why) return;
      why = next;
      for (const listener of listeners) listener();
    },
    onChange(listener: () => void, until: AbortSignal): void {
      listeners.add(listener);
      until.addEventListener('abort', () => listeners.delete(listener), { once: true });
    },
    /** Moves focus into the rows; set by the row figures while they stand. */
    focusRows: null as (() => void) | null,
  };
}
export type RowLevel = ReturnType<typeof createRowLevel>;
