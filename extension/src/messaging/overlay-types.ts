import type { definition, freshness, level, MetricsAnswer, totals, Window } from '#shared/contracts/metrics.ts';
import type { z } from 'zod';

export type Level = z.output<typeof level>;
export type Definition = z.output<typeof definition>;
export type Freshness = z.output<typeof freshness>;
export type Totals = z.output<typeof totals>;
export type FixedDays = 1 | 7 | 14 | 28 | 30 | 60 | 90;

/** What the page in a tab is about; ids from its address, nothing else. */
export type PageContext =
  | { platform: 'meta'; accountExternalId: string; level: Level }
  | { platform: 'hubspot'; portalId: string; contactId: string };

export interface OverlayPrefs {
  /** `follow` takes the page's range; a number is a fixed window that carries its own label. */
  window: 'follow' | 'lifetime' | FixedDays;
  basis: 'accrual' | 'cash';
  /** Sites on which this person hid the overlay. */
  hidden: { meta: boolean; hubspot: boolean };
  /** Row figures, apart from the strip. */
  rowFigures: boolean;
}

/** What a content script may know of the session: enough to format and to judge, no token and no name of a person. */
export interface OverlayState {
  consented: boolean;
  signedIn: boolean;
  organization: { id: string; locale: 'en' | 'fr' | 'ar'; currency: string; hasTarget: boolean; attributionWindowDays: number } | null;
  prefs: OverlayPrefs;
}

export interface MetricsQuestion {
  accountExternalId: string;
  level: Level;
  window: Window;
  basis: 'accrual' | 'cash';
  /** At most 200. */
  ids: string[];
  withTotals: boolean;
}

export interface MetricsReply {
  account: { name: string; currency: string; timezone: string } | null;
  definition: Definition | null;
  freshness: Freshness | null;
  totals: Totals | null;
  /** Epoch milliseconds at which our service gave each answer. */
  answers: { at: number; answer: MetricsAnswer }[];
}
