import type { Definition } from './overlay-types.ts';

/** What figures must have in common to stand side by side: formula, currency, timezone, days and attribution window, as one text. */
export const groundOf = ({ id, currency, timezone, since, until, attributionWindowDays }: Definition): string =>
  [id, currency, timezone, since, until, attributionWindowDays].join('|');
