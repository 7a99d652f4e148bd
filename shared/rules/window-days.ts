/** Lengths a reporting or attribution window may have, days. */
export const WINDOW_DAYS = [1, 7, 14, 28, 30, 60, 90] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];
