import type { OverlayPrefs } from '../messaging/overlay-types.ts';
import type { Area } from './area.ts';

export const DEFAULT_PREFS: OverlayPrefs = {
  window: 'follow',
  basis: 'accrual',
  hidden: { meta: false, hubspot: false },
  rowFigures: true,
};

/** Overlay preferences and the first-run consent, on this device. */
export function createPrefs(area: Area) {
  return {
    async read(): Promise<OverlayPrefs> {
      return { ...DEFAULT_PREFS, ...(await area.get<Partial<OverlayPrefs>>('prefs')) };
    },
    async write(change: Partial<OverlayPrefs>): Promise<OverlayPrefs> {
      const next = { ...(await this.read()), ...change };
      await area.set({ prefs: next });
      return next;
    },
    async consented(): Promise<boolean> {
      return (await area.get<{ at: string }>('consent')) !== undefined;
    },
    async consent(at: string): Promise<void> {
      await area.set({ consent: { at } });
    },
  };
}
export type Prefs = ReturnType<typeof createPrefs>;
