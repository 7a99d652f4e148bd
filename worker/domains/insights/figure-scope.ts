import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { basis as basisSchema, level as levelSchema } from '#shared/contracts/metrics.ts';

export type Level = z.infer<typeof levelSchema>;
export type Basis = z.infer<typeof basisSchema>;

/** The same three columns stand in every fact table: ad_days, leads, credits. */
export const LEVEL_COLUMN: Readonly<Record<Level, SQL>> = {
  campaign: sql`campaign_external_id`,
  ad_set: sql`ad_set_external_id`,
  ad: sql`ad_external_id`,
};

/**
 * Which rows of an account's facts are added up, and by what. `by` null adds them all into one row with the id ''. `only` is a
 * condition on the three id columns, or null for the whole account.
 */
export interface FigureScope {
  accountId: string;
  timezone: string;
  currency: string;
  since: string;
  until: string;
  basis: Basis;
  by: Level | null;
  only: SQL | null;
}

export const groupId = (scope: FigureScope): SQL => (scope.by === null ? sql`''` : LEVEL_COLUMN[scope.by]);
export const condition = (scope: FigureScope): SQL => scope.only ?? sql`true`;
/** Accrual books a credit on its touch's day, cash on the order's or the refund's. */
export const creditDay = (basis: Basis): SQL => (basis === 'accrual' ? sql`coalesce(c.touch_day, c.cash_day)` : sql`c.cash_day`);

/** Many ids in one parameter. */
export const idsIn = (level: Level, ids: readonly string[]): SQL =>
  sql`${LEVEL_COLUMN[level]} in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
