import { and, eq, isNotNull, ne, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { note } from './note.ts';
import { repeat } from './repeat.ts';
import type { Run } from './run-state.ts';
import { setCampaign, type CampaignRow } from './set-campaign.ts';
import { at, statement } from './sql-rows.ts';

/**
 * A switch that was asked for may have reached the platform before a cancel, a finding or a death of ours came between. Before such a
 * launch says that everything is paused, it is made so and read back. A set: repeating it is harmless.
 * @param which `all` at the end itself, when a switch may still be on its way; `found on` in a later look
 */
export async function takeBackSwitch(run: Run, which: 'all' | 'found on'): Promise<void> {
  const { ctx, launch, platform, session } = run;
  const campaigns = (await ctx.read((q) =>
    q
      .select({ id: launchItems.id, externalId: launchItems.externalId })
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          eq(launchItems.kind, 'campaign'),
          isNotNull(launchItems.externalId),
          ne(launchItems.state, 'UNDONE'),
        ),
      ),
  )) as CampaignRow[];
  const pausedIds: string[] = [];
  for (const campaign of campaigns) {
    const { externalId } = campaign;
    if (
      which === 'found on' &&
      (await repeat(run, () => platform.objects.read(session, 'campaign', externalId))).status.unified !== 'active'
    )
      continue;
    const status = await setCampaign(run, campaign, 'paused');
    if (status?.unified === 'active')
      throw new PlatformError('unknown', 'The platform says that the campaign is on still.', { platform: platform.id });
    pausedIds.push(externalId);
  }
  if (pausedIds.length > 0) await note(run, 'switch_taken_back', null, { campaigns: pausedIds });
}

/**
 * True while a switch that was under way when the launch came to rest may still take effect: two windows, no longer. What is switched
 * on after that was switched on by a person.
 */
export async function mayStillSwitch(run: Run): Promise<boolean> {
  const since = at(run.ctx.now().getTime() - 2 * run.clock.settle.windowMs);
  const rows = await statement(
    run.ctx,
    sql`
    select 1 from launches l where l.id = ${run.launch.id} and l.organization_id = ${run.ctx.organizationId} and l.state in ('cancelled', 'needs_attention', 'partly_undone') and l.activated_at is null
      and exists (select from launch_events e where e.launch_id = l.id and e.kind = 'switch_on_requested')
      and exists (select from launch_events e where e.launch_id = l.id and e.kind in ('cancelled', 'needs_attention', 'partly_undone') and e.at > ${since})`,
  );
  return rows.length > 0;
}
