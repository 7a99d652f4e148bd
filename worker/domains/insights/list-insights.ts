import { eq, sql, type SQL } from 'drizzle-orm';
import { adAccounts } from '#schema/index.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { listInsights as contract } from '#shared/contracts/metrics.ts';
import { daysOf } from '#shared/rules/day-of.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { readCursor, writeCursor } from '../../kernel/page-cursor.ts';
import { computeFigures, type FigureQuery } from './compute-figures.ts';
import { computeTotals } from './compute-totals.ts';
import { learnFromOrders } from './learn-from-orders.ts';
import { describe, freshnessOf, loadFigureAccount, windowDays } from './figure-account.ts';
import { creditDay, idsIn, LEVEL_COLUMN } from './figure-scope.ts';
import { gapsOf } from './known-windows.ts';

type Answer = ResponseOf<typeof contract>;
interface EntityRow extends Record<string, unknown> {
  id: string;
  name: string;
  status: string;
  campaign: string;
  spend: string;
}

/**
 * The dashboard's table, highest spend first, by the formula of the overlay. The window is cut to the days that have been read, and the
 * definition says which they are.
 */
export async function listInsights(ctx: Context, query: QueryOf<typeof contract>): Promise<Answer> {
  const { level, basis, pageSize } = query;
  const owner = await loadFigureAccount(ctx, eq(adAccounts.id, query.accountId));
  if (!owner) throw notFound('ad account');
  const wanted = windowDays({ days: query.days }, owner, ctx.now());
  const from = owner.account.insightsFrom;
  const days = { since: from !== null && from > wanted.since ? from : wanted.since, until: wanted.until };
  const only = condition(ctx, owner.account.id, query);
  const figures: FigureQuery = { owner, ...days, basis, only, learnt: learnFromOrders(ctx, owner, basis) };
  const [entities, totals, series] = await Promise.all([
    listEntities(ctx, figures, query),
    computeTotals(ctx, figures),
    dailySeries(ctx, figures),
  ]);
  if (!totals)
    throw new AppError(
      'conflict',
      "Orders came in another currency than this account's. They cannot be added up without a rate; look at the orders instead.",
    );
  const page = entities.slice(0, pageSize);
  const read = await computeFigures(
    ctx,
    {
      ...figures,
      only: idsIn(
        level,
        page.map((row) => row.id),
      ),
    },
    level,
  );
  const last = page.at(-1);
  return {
    definition: describe(owner, days, basis),
    freshness: freshnessOf(owner, days),
    totals,
    series,
    rows: page.map((row) => {
      const figure = read(row.id, row.campaign);
      if (!figure) throw new Error(`The total of ${row.id} is in one currency and its row is not.`);
      return { id: row.id, name: row.name, status: row.status, figure };
    }),
    nextCursor: entities.length > pageSize && last ? writeCursor(last.spend, last.id) : null,
  };
}

/** parentId is a campaign, or an ad set when ads are listed; search looks at names. Written on the id columns that all fact tables share. */
function condition(ctx: Context, accountId: string, { level, parentId, search }: QueryOf<typeof contract>): SQL | null {
  const parts: SQL[] = [];
  if (parentId !== undefined)
    parts.push(level === 'ad' ? sql`${parentId} in (campaign_external_id, ad_set_external_id)` : sql`campaign_external_id = ${parentId}`);
  if (search !== undefined && search.trim() !== '') {
    const pattern = `%${search.trim().replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    parts.push(
      sql`${LEVEL_COLUMN[level]} in (select n.external_id from ad_entities n where n.organization_id = ${ctx.organizationId} and n.account_id = ${accountId} and n.kind = ${level} and n.name ilike ${pattern})`,
    );
  }
  return parts.length === 0 ? null : sql.join(parts, sql` and `);
}

async function listEntities(
  ctx: Context,
  { owner, since, until, only }: FigureQuery,
  { level, pageSize, cursor }: QueryOf<typeof contract>,
): Promise<EntityRow[]> {
  const after = cursor === undefined ? sql`true` : afterCursor(cursor);
  const { rows } = await ctx.read((q) =>
    q.execute<EntityRow>(sql`
    with spent as (
      select ${LEVEL_COLUMN[level]} as id, sum(spend_minor) as spend from ad_days
      where organization_id = ${ctx.organizationId} and account_id = ${owner.account.id} and day between ${since}::date and ${until}::date group by 1),
    entities as (
      select external_id as id, name, status, campaign_external_id, ${level === 'ad_set' ? sql`external_id` : sql`ad_set_external_id`} as ad_set_external_id, external_id as ad_external_id
      from ad_entities where organization_id = ${ctx.organizationId} and account_id = ${owner.account.id} and kind = ${level}),
    listed as (select e.id, e.name, e.status, e.campaign_external_id as campaign, coalesce(s.spend, 0)::bigint as spend from entities e left join spent s on s.id = e.id where ${only ?? sql`true`})
    select id, name, status, campaign, spend::text as spend from listed where ${after} order by listed.spend desc, id limit ${pageSize + 1}`),
  );
  return rows;
}

async function dailySeries(ctx: Context, { owner, since, until, basis, only }: FigureQuery): Promise<Answer['series']> {
  const facts = sql`organization_id = ${ctx.organizationId} and account_id = ${owner.account.id} and ${only ?? sql`true`}`;
  const { rows } = await ctx.read((q) =>
    q.execute<{ day: string; spend: string; revenue: string }>(sql`
    select day::text, sum(spend)::text as spend, sum(revenue)::text as revenue from (
      select day, spend_minor as spend, 0 as revenue from ad_days where ${facts} and day between ${since}::date and ${until}::date
      union all
      select ${creditDay(basis)} as day, 0, amount_minor from credits c where ${facts} and model = 'last' and share = 'paid' and ${creditDay(basis)} between ${since}::date and ${until}::date) facts
    group by 1`),
  );
  const byDay = new Map(rows.map((row) => [row.day, row]));
  return daysOf(since, until).map((day) => ({
    day,
    spendMinor: Number(byDay.get(day)?.spend ?? 0),
    revenueMinor: gapsOf(owner, day).revenueGap === null ? Number(byDay.get(day)?.revenue ?? 0) : null,
  }));
}

function afterCursor(cursor: string): SQL {
  const [spend, id] = readCursor(cursor, /^(\d{1,18})\|(\d{1,25})$/);
  return sql`(listed.spend < ${spend}::bigint or (listed.spend = ${spend}::bigint and id > ${id}))`;
}
