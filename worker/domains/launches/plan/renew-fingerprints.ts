import { and, eq, or, sql } from 'drizzle-orm';
import { adFingerprints } from '#shared/rules/fingerprint.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import { launchItems } from '#schema/index.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import type { ItemRow } from '../engine/run-state.ts';

/** After a row was corrected: what the ads that show it are known by, so that the same ad is found again later. */
export async function renewFingerprints(ctx: Context, tx: Tx, row: Pick<ItemRow, 'id' | 'launchId' | 'kind'>): Promise<void> {
  if (row.kind !== 'creative' && row.kind !== 'ad') return;
  const ofLaunch = and(eq(launchItems.launchId, row.launchId), eq(launchItems.organizationId, ctx.organizationId));
  const items = await tx.sql
    .select({ itemPath: launchItems.itemPath, kind: launchItems.kind, spec: launchItems.spec })
    .from(launchItems)
    .where(
      and(
        ofLaunch,
        or(
          eq(launchItems.kind, 'media'),
          eq(launchItems.id, row.id),
          and(eq(launchItems.kind, 'ad'), sql`${launchItems.dependsOn} ? ${row.id}`),
        ),
      ),
    );
  for (const { itemPath, input } of adFingerprints(items as unknown as PlannedItem[]))
    await tx.sql
      .update(launchItems)
      .set({ fingerprint: await sha256Hex(input) })
      .where(and(ofLaunch, eq(launchItems.itemPath, itemPath), eq(launchItems.kind, 'ad')));
}
