import type { ChosenWindow } from './choose-window.ts';
import type { OverlayText } from './overlay-text.ts';

/** The short form a figure carries when its window is not the page's: "28d". Empty when it follows the page. */
export function windowLabel({ window, follows }: ChosenWindow, text: OverlayText): string {
  if (window === null || follows) return '';
  if ('days' in window) return text.t('window.daysShort', { count: window.days });
  return 'lifetime' in window ? text.t('window.lifetimeShort') : '';
}
