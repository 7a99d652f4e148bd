import type { Level } from '../../../messaging/overlay-types.ts';

/**
 * What is known about one version of the table, as data: selectors, patterns and numbers. A pack decides nothing; the code that
 * reads it is packaged. No class name, no tag path, no visible text: classes are hashed daily and every table is translated.
 */
export interface SelectorPack {
  variant: string;
  /** A row, and the group whose rows are recycled. */
  row: string;
  rowGroup: string;
  /** Elements in a row (or the row, or around it) that carry the object's id in `attribute`. */
  anchor: string;
  attribute: string;
  /** The cell with the object's name, in whose free end a badge stands. */
  nameCell: string;
  /** One capture group: the id. Applied to at most 400 characters. */
  id: Record<Level, string>;
  /** Rows with an id a healthy page shows, and the least share of row-like elements that must have one. */
  expect: { rows: readonly [number, number]; share: number };
}

const SURFACE_ID = 'table_row:(\\d{1,20})(?:unit)?(?:/|$)';

/** Newest first. The totals row carries `table_row:-1`, which the pattern does not take. */
export const META_PACKS: readonly SelectorPack[] = [
  {
    variant: '2026-11-surface',
    row: '[role="row"]',
    rowGroup: '[role="rowgroup"]',
    anchor: '[data-surface*="table_row:"]',
    attribute: 'data-surface',
    nameCell: '[data-surface$="table_cell:name"]',
    id: { campaign: SURFACE_ID, ad_set: SURFACE_ID, ad: SURFACE_ID },
    expect: { rows: [1, 400], share: 0.95 },
  },
  {
    // Some accounts have lost the id in data-surface since September 2026; the row's own link still has it.
    variant: '2026-09-link',
    row: '[role="row"]',
    rowGroup: '[role="rowgroup"]',
    anchor: 'a[href*="selected_"]',
    attribute: 'href',
    nameCell: '[role="gridcell"]:has(a[href*="selected_"])',
    id: {
      campaign: '[?&]selected_campaign_ids=(\\d{1,20})(?:&|$)',
      ad_set: '[?&]selected_adset_ids=(\\d{1,20})(?:&|$)',
      ad: '[?&]selected_ad_ids=(\\d{1,20})(?:&|$)',
    },
    expect: { rows: [1, 400], share: 0.95 },
  },
];

/** The page's own row of totals, an object id of −1. Only its place on screen is looked at. */
export const META_TOTALS = '[data-surface*="table_row:-1"]';
