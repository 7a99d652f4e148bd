import type { OverlayKey } from '#shared/messages/overlay.ts';

export type WhyOff = Extract<OverlayKey, `why.${string}`>;

/** The rows as stops of the keyboard, while their figures stand. */
export interface RowFocus {
  first(): void;
  /** Whether this element of the page is one of ours in a row. */
  holds(element: Element): boolean;
}

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
    rows: null as RowFocus | null,
  };
}
export type RowLevel = ReturnType<typeof createRowLevel>;
