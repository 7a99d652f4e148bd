import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { LaunchSummary, listLaunches as contract } from '#shared/contracts/launches.ts';
import type { QueryOf } from '#shared/contracts/define-contract.ts';
import { launches } from '#schema/index.ts';
import { inOwnAccounts } from '../../kernel/account-scope.ts';
import type { Context } from '../../kernel/context.ts';
import { loadLaunchFacts } from './launch-facts.ts';
import { presentLaunch } from './present-launch.ts';

/** Newest first; ids sort by creation time, so the last id is the cursor. */
export async function listLaunches(
  ctx: Context,
  input: QueryOf<typeof contract>,
): Promise<{ launches: LaunchSummary[]; nextCursor: string | null }> {
  ctx.require('launches:read');
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(launches)
      .where(
        and(
          eq(launches.organizationId, ctx.organizationId),
          inOwnAccounts(ctx, launches.accountId),
          input.cursor === undefined ? undefined : lt(launches.id, input.cursor),
          input.waits === undefined ? undefined : waitsForApproval(ctx.now()),
          input.accountId === undefined ? undefined : eq(launches.accountId, input.accountId),
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

const waitsForApproval = (now: Date) =>
  sql`exists (select from launch_approvals a where a.launch_id = ${launches.id} and a.organization_id = ${launches.organizationId} and a.plan_hash = ${launches.planHash} and a.decision is null and a.expires_at > ${now.toISOString()}::timestamptz)`;
