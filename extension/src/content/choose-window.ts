import type { Window } from '#shared/contracts/metrics.ts';
import type { OverlayPrefs } from '../messaging/overlay-types.ts';
import type { PageRange } from './hosts/page.ts';

/** The window to ask for, or null when none can be proven. `follows` is false when figures must carry their own label. */
export interface ChosenWindow {
  window: Window | null;
  follows: boolean;
}

/** What a page without a range in its address is shown in, always under its own label. */
export const UNSTATED_DAYS = 28;

export function chooseWindow(preference: OverlayPrefs['window'], range: PageRange): ChosenWindow {
  if (preference === 'lifetime') return { window: { lifetime: true }, follows: false };
  if (preference !== 'follow') return { window: { days: preference }, follows: false };
  if (range.kind === 'read') return { window: { since: range.since, until: range.until }, follows: true };
  return { window: range.kind === 'absent' ? { days: UNSTATED_DAYS } : null, follows: false };
}
