import { and, eq, inArray, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { ObjectKind } from '../../../platforms/ads/ad-platform.ts';
import { repeat } from './repeat.ts';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';

/**
 * Every object is made paused, so that one the platform makes late can never run. Once the whole tree is verified, its ad sets and
 * ads are switched on below the campaign that stays paused: from then on one change of the campaign is the whole switch-on.
 * True = nothing is left to arm.
 */
export async function armItems(run: Run): Promise<boolean> {
  const { ctx, launch, platform, session } = run;
  const rows = await ctx.read((q) =>
    q
      .select({ id: launchItems.id, kind: launchItems.kind, externalId: launchItems.externalId })
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          eq(launchItems.state, 'VERIFIED'),
          inArray(launchItems.kind, ['ad_set', 'ad']),
          sql`${launchItems.asBuilt} #>> '{status,unified}' = 'paused'`,
        ),
      ),
  );
  if (rows.length === 0) return true;
  const answers = await repeat(run, () =>
    platform.objects.setStatusMany(
      session,
      rows.map((row) => ({ kind: row.kind as ObjectKind, externalId: row.externalId as string })),
      'active',
    ),
  );
  const armed = rows.filter((row) => answers.get(row.externalId as string) === true).map((row) => row.id);
  if (armed.length > 0) {
    await statement(
      ctx,
      sql`
      update launch_items set as_built = jsonb_set(as_built, '{status}', '{"unified":"active","raw":"ACTIVE"}'), version = version + 1, updated_at = ${at(ctx.now())}
      where organization_id = ${ctx.organizationId} and state = 'VERIFIED' and id in (select jsonb_array_elements_text(${JSON.stringify(armed)}::jsonb))`,
    );
  }
  return armed.length === rows.length;
}
