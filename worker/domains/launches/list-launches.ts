import { and, desc, eq, exists, getTableColumns, gte, inArray, isNotNull, lt, lte, not, notInArray, or, sql, type SQL } from 'drizzle-orm';
import type { LaunchState, LaunchSummary, listLaunches as contract } from '#shared/contracts/launches.ts';
import type { QueryOf } from '#shared/contracts/define-contract.ts';
import { searchText } from '#shared/rules/search-text.ts';
import { adAccounts, connections, launches } from '#schema/index.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { loadLaunchFacts } from './launch-facts.ts';
import { presentLaunch, WORKING } from './present-launch.ts';

const { plan: _plan, searchText: _searchText, ...HEAD } = getTableColumns(launches);

/** Newest first; ids sort by creation time, so the last id is the cursor. */
export async function listLaunches(
  ctx: Context,
  input: QueryOf<typeof contract>,
): Promise<{ launches: LaunchSummary[]; nextCursor: string | null }> {
  ctx.require('launches:read');
  const rows = await ctx.read((q) =>
    q
      .select(HEAD)
      .from(launches)
      .where(
        and(
          eq(launches.organizationId, ctx.organizationId),
          inOwnAccounts(ctx, launches.accountId),
          input.cursor === undefined ? undefined : lt(launches.id, input.cursor),
          input.waits === undefined ? undefined : waitsForApproval(ctx.now()),
          input.accountId === undefined ? undefined : eq(launches.accountId, input.accountId),
          input.createdBy === undefined ? undefined : eq(launches.createdBy, input.createdBy),
          input.state === undefined ? undefined : isShownAs(ctx, input.state),
          input.since === undefined ? undefined : gte(launches.createdAt, new Date(input.since)),
          input.until === undefined ? undefined : lt(launches.createdAt, new Date(input.until)),
          ...wordsOf(input.text).map((word) => sql`strpos(${launches.searchText}, ${word}) > 0`),
        ),
      )
      .orderBy(desc(launches.id))
      .limit(input.pageSize + 1),
  );
  const page = rows.slice(0, input.pageSize);
  const facts = await loadLaunchFacts(ctx, page);
  return {
    launches: facts.map((one) => presentLaunch(one, ctx.actor, ctx.now())),
    nextCursor: rows.length > page.length ? (page.at(-1)?.id ?? null) : null,
  };
}

function wordsOf(text: string | undefined): string[] {
  return searchText(text ?? '')
    .split(' ')
    .filter((word) => word !== '');
}

/** As present-launch.ts shows it: a launch at work whose connection ended waits for a person. */
function isShownAs(ctx: Context, state: LaunchState): SQL | undefined {
  const waits = exists(
    sql`(select from ${adAccounts} join ${connections} on ${connections.id} = ${adAccounts.connectionId}
      where ${adAccounts.id} = ${launches.accountId} and ${or(
        notInArray(connections.status, ['active', 'expiring']),
        and(isNotNull(connections.expiresAt), lte(connections.expiresAt, ctx.now())),
      )})`,
  );
  if (state === 'needs_attention') return or(eq(launches.state, state), and(inArray(launches.state, WORKING), waits));
  return WORKING.includes(state) ? and(eq(launches.state, state), not(waits)) : eq(launches.state, state);
}

const waitsForApproval = (now: Date) =>
  sql`exists (select from launch_approvals a where a.launch_id = ${launches.id} and a.organization_id = ${launches.organizationId} and a.plan_hash = ${launches.planHash} and a.decision is null and a.expires_at > ${now.toISOString()}::timestamptz)`;
