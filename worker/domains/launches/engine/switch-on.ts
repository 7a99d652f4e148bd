import { and, eq, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import { syncAdAccount } from '../../insights/index.ts';
import { emitEvent } from '../../machines/index.ts';
import { note } from './note.ts';
import type { Run } from './run-state.ts';
import { setCampaign, type CampaignRow } from './set-campaign.ts';
import { at } from './sql-rows.ts';
import { noteStatusDrift, openSwitch, wantedAt } from './switch-state.ts';
import { atRest } from './sweep-times.ts';

/**
 * The one change that lets money be spent: each campaign on, confirmed by reading it back. Repeating it is harmless. That it was begun
 * is stored first: should access end in the middle, the launch says so and the next run goes on here. `differs` = the platform does not
 * make the change.
 */
export async function switchOn(run: Run): Promise<'on' | 'again' | 'differs'> {
  const { ctx, launch } = run;
  const campaigns = (await ctx.read((q) =>
    q
      .select({ id: launchItems.id, externalId: launchItems.externalId })
      .from(launchItems)
      .where(
        and(eq(launchItems.launchId, launch.id), eq(launchItems.organizationId, ctx.organizationId), eq(launchItems.kind, 'campaign')),
      ),
  )) as CampaignRow[];
  const version = await wantedAt(run);
  if (version === null) return 'again';
  await openSwitch(run);
  for (const campaign of campaigns) {
    // A cancel or a finding that came in between stops the switch, each try of it.
    const status = await setCampaign(run, campaign, 'active', async () => (await wantedAt(run)) === version);
    if (status === null) return 'again';
    if (status.unified === 'active') continue;
    await noteStatusDrift(run, [campaign], 'active', 'paused');
    return 'differs';
  }
  const now = at(ctx.now());
  const isOn = await ctx.transaction(async (tx) => {
    const { rows } = await tx.sql.execute(sql`
    with on_air as (
      update launches set state = 'active', activated_at = ${now}, version = version + 1, updated_at = ${now}, ${atRest(run)} where id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'running' and version = ${version} returning id
    )
    update launch_items set state = 'ACTIVE', version = version + 1, updated_at = ${now}
    where launch_id in (select id from on_air) and organization_id = ${ctx.organizationId} and state = 'VERIFIED' and kind in ('campaign', 'ad_set', 'ad') returning id`);
    if (rows.length === 0) return false;
    // The overlay knows an ad by its listing: without a fresh one the new rows would stay blank until the next quarter of an hour.
    await tx.enqueue(syncAdAccount, { accountId: launch.accountId });
    await emitEvent(ctx, tx, 'launch.finished', { launchId: launch.id, accountId: launch.accountId, state: 'active' });
    return true;
  });
  if (!isOn) return 'again';
  await note(run, 'switched_on', null, { campaigns: campaigns.length });
  return 'on';
}
