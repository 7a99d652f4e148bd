import { sql } from 'drizzle-orm';
import type { Context } from '../../kernel/context.ts';
import { statement } from './engine/sql-rows.ts';
import { switchIsOpen } from './engine/switch-state.ts';

/** Campaigns that were on when last read, and those that may be on since: their switch was sent and never confirmed. */
export interface SwitchFacts {
  on: number;
  unsure: number;
}
export const ALL_PAUSED: SwitchFacts = { on: 0, unsure: 0 };

/** By launch id; a launch without campaigns at the platform is left out. */
export async function loadSwitchFacts(ctx: Context, launchIds: string[]): Promise<Map<string, SwitchFacts>> {
  const isOn = sql`coalesce(i.as_built #>> '{status,unified}' = 'active', false)`;
  const rows = await statement<{ launch_id: string; on: number; unsure: number }>(
    ctx,
    sql`
    select i.launch_id, count(*) filter (where ${isOn})::int as on, count(*) filter (where not ${isOn} and ${switchIsOpen(sql`i.launch_id`)})::int as unsure
    from launch_items i
    where i.organization_id = ${ctx.organizationId} and i.kind = 'campaign' and i.external_id is not null
      and i.launch_id in (select jsonb_array_elements_text(${JSON.stringify(launchIds)}::jsonb))
    group by i.launch_id`,
  );
  return new Map(rows.map(({ launch_id: id, on, unsure }) => [id, { on, unsure }]));
}

/** "1 campaign is on, 2 campaigns may be on"; null = everything is paused. */
export function whatIsOn({ on, unsure }: SwitchFacts): string | null {
  const words = [
    on === 0 ? [] : [on === 1 ? '1 campaign is on' : `${on} campaigns are on`],
    unsure === 0 ? [] : [unsure === 1 ? '1 campaign may be on' : `${unsure} campaigns may be on`],
  ].flat();
  return words.length === 0 ? null : words.join(', ');
}
