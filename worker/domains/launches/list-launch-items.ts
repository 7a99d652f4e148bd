import { and, eq, gt, sql } from 'drizzle-orm';
import type { LaunchItem, listLaunchItems as contract } from '#shared/contracts/launches.ts';
import type { QueryOf } from '#shared/contracts/define-contract.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { readPositionCursor } from '../../kernel/page-cursor.ts';
import { fetchLaunch } from './launch-facts.ts';
import { loadItems } from './load-items.ts';

type Filter = Pick<QueryOf<typeof contract>, 'cursor' | 'pageSize' | 'state' | 'kind' | 'undo'>;

/** Receipts in plan order; the position is the cursor. */
export async function listLaunchItems(
  ctx: Context,
  input: { id: string } & Filter,
): Promise<{ items: LaunchItem[]; nextCursor: string | null }> {
  ctx.require('launches:read');
  const launch = await fetchLaunch(ctx, input.id);
  const after = input.cursor === undefined ? -1 : readPositionCursor(input.cursor);
  const rows = await loadItems(ctx, launch, {
    only: and(
      gt(launchItems.position, after),
      input.state === undefined ? undefined : eq(launchItems.state, input.state),
      input.kind === undefined ? undefined : eq(launchItems.kind, input.kind),
      input.undo === undefined ? undefined : sql`${launchItems.undo} ->> 'state' = ${input.undo}`,
    ),
    limit: input.pageSize + 1,
  });
  const page = rows.slice(0, input.pageSize);
  return {
    items: page.map(({ item }) => item),
    nextCursor: rows.length > page.length ? String(page.at(-1)?.row.position) : null,
  };
}
