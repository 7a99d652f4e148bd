import { sql, type SQL } from 'drizzle-orm';
import type { Context } from '../../../kernel/context.ts';

export type Row = Record<string, unknown>;

/** One statement, whatever it writes, is one transaction and one round trip. */
export async function statement<T extends Row>(ctx: Context, query: SQL): Promise<T[]> {
  return (await ctx.read((q) => q.execute<T>(query))).rows;
}

export const at = (instant: Date | number): SQL =>
  sql`${(typeof instant === 'number' ? new Date(instant) : instant).toISOString()}::timestamptz`;
export const json = (value: unknown): SQL =>
  value === null || value === undefined ? sql`null::jsonb` : sql`${JSON.stringify(value)}::jsonb`;
