import { and, asc, eq } from 'drizzle-orm';
import type { diffLaunches as contract } from '#shared/contracts/launches.ts';
import type { QueryOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import { diffItems, type ComparedItem } from '#shared/rules/diff-items.ts';
import { launchItems } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { readPositionCursor } from '../../kernel/page-cursor.ts';
import { fetchLaunch, type LaunchRow } from './launch-facts.ts';

/** Two launches of the organization laid side by side, item path by item path, as they are planned; the position is the cursor. */
export async function diffLaunches(ctx: Context, input: { id: string } & QueryOf<typeof contract>): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:read');
  const [a, b] = [await fetchLaunch(ctx, input.id), await fetchLaunch(ctx, input.with)];
  const [itemsOfA, itemsOfB] = [await plannedItems(ctx, a), await plannedItems(ctx, b)];
  const all = diffItems(itemsOfA, itemsOfB);
  const count = (side: 'a' | 'b' | 'both') => all.filter((one) => one.in === side).length;
  const counts = { onlyInA: count('a'), onlyInB: count('b'), changed: count('both') };
  const from = input.cursor === undefined ? 0 : readPositionCursor(input.cursor);
  const until = from + input.pageSize;
  return {
    a: sideOf(a),
    b: sideOf(b),
    counts: { ...counts, same: itemsOfA.length - counts.onlyInA - counts.changed },
    differences: all.slice(from, until),
    nextCursor: until < all.length ? String(until) : null,
  };
}

const sideOf = ({ id, name, createdAt }: LaunchRow) => ({ id, name, createdAt: createdAt.toISOString() });

async function plannedItems(ctx: Context, launch: LaunchRow): Promise<ComparedItem[]> {
  const rows = await ctx.read((q) =>
    q
      .select({ itemPath: launchItems.itemPath, kind: launchItems.kind, name: launchItems.name, spec: launchItems.spec })
      .from(launchItems)
      .where(and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId)))
      .orderBy(asc(launchItems.position)),
  );
  return rows.map((row) => ({ ...row, spec: row.spec as ComparedItem['spec'] }));
}
