import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { LaunchItem, listLaunchItems as contract } from '#shared/contracts/launches.ts';
import type { QueryOf } from '#shared/contracts/define-contract.ts';
import { adAccounts, launchAttempts, launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { readPositionCursor } from '../../kernel/page-cursor.ts';
import { fetchLaunch } from './launch-facts.ts';
import { presentItem } from './present-item.ts';

type Filter = Pick<QueryOf<typeof contract>, 'cursor' | 'pageSize' | 'state' | 'kind'>;

/** Receipts in plan order; the position is the cursor. */
export async function listLaunchItems(
  ctx: Context,
  input: { id: string } & Filter,
): Promise<{ items: LaunchItem[]; nextCursor: string | null }> {
  ctx.require('launches:read');
  const launch = await fetchLaunch(ctx, input.id);
  const after = input.cursor === undefined ? -1 : readPositionCursor(input.cursor);
  const [rows, [account]] = await Promise.all([
    ctx.read((q) =>
      q
        .select()
        .from(launchItems)
        .where(
          and(
            eq(launchItems.launchId, launch.id),
            eq(launchItems.organizationId, ctx.organizationId),
            gt(launchItems.position, after),
            input.state === undefined ? undefined : eq(launchItems.state, input.state),
            input.kind === undefined ? undefined : eq(launchItems.kind, input.kind),
          ),
        )
        .orderBy(asc(launchItems.position))
        .limit(input.pageSize + 1),
    ),
    ctx.read((q) =>
      q
        .select({ platform: adAccounts.platform, externalId: adAccounts.externalId })
        .from(adAccounts)
        .where(and(eq(adAccounts.id, launch.accountId), eq(adAccounts.organizationId, ctx.organizationId))),
    ),
  ]);
  if (!account) throw new Error(`launch ${launch.id} has no ad account`);
  const page = rows.slice(0, input.pageSize);
  const attempts =
    page.length === 0
      ? []
      : await ctx.read((q) =>
          q
            .select()
            .from(launchAttempts)
            .where(
              and(
                eq(launchAttempts.organizationId, ctx.organizationId),
                inArray(
                  launchAttempts.itemId,
                  page.map((row) => row.id),
                ),
              ),
            ),
        );
  return {
    items: page.map((row) =>
      presentItem(
        row,
        attempts.filter((attempt) => attempt.itemId === row.id),
        account,
      ),
    ),
    nextCursor: rows.length > page.length ? String(page.at(-1)?.position) : null,
  };
}
