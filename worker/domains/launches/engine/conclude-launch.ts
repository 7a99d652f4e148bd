import { sql } from 'drizzle-orm';
import { emitEvent } from '../../machines/index.ts';
import { armItems } from './arm-items.ts';
import { note } from './note.ts';
import type { Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { atRest, planListing } from './sweep-times.ts';
import { sweepObjects, type Sweep } from './sweep-objects.ts';
import { switchOn } from './switch-on.ts';
import { switchWanted, withdrawSwitch } from './switch-state.ts';
import { takeBackSwitch } from './take-back-switch.ts';

type Tally = {
  total: number;
  verified: number;
  drifted: number;
  moving: number;
  planned: number;
  switch_wanted: boolean;
  switch_begun: boolean;
  was_verified: boolean;
  was_unclear: boolean;
};

/** Where every call was answered with a plain yes or no there is nothing to search for yet. */
const CLEAN: Sweep = { objects: 0, duplicates: 0, missing: 0, drifted: 0 };

/** Nothing moves by itself any more: say what that means. False = not finished, come again. */
export async function concludeLaunch(run: Run): Promise<boolean> {
  const { ctx, launch } = run;
  const [tally] = await statement<Tally>(
    ctx,
    sql`
    select count(*)::int as total, count(*) filter (where state in ('VERIFIED', 'ACTIVE'))::int as verified, count(*) filter (where drift is not null)::int as drifted,
      count(*) filter (where state in ('READY', 'SENDING') or (state = 'CREATED' and drift is null))::int as moving, count(*) filter (where state = 'PLANNED')::int as planned,
      ${switchWanted(sql`${launch.id}`)} as switch_wanted,
      exists (select from launch_events e where e.launch_id = ${launch.id} and e.kind = 'switch_on_requested') as switch_begun,
      exists (select from launch_events e where e.launch_id = ${launch.id} and e.kind = 'verified') as was_verified,
      exists (select from launch_attempts a join launch_items t on t.id = a.item_id where t.launch_id = ${launch.id} and t.organization_id = ${ctx.organizationId}
        and (a.outcome is null or a.outcome <> all (array['created', 'rejected', 'throttled', 'connection', 'not_sent']))) as was_unclear
    from launch_items where launch_id = ${launch.id} and organization_id = ${ctx.organizationId}`,
  );
  if (!tally || tally.moving > 0) return false;
  if (launch.state === 'cancelling') {
    if (tally.switch_begun) await takeBackSwitch(run, 'all');
    if (await moveTo(run, 'cancelling', 'cancelled', tally.switch_begun)) await note(run, 'cancelled', null, null);
    return true;
  }
  if (tally.verified < tally.total || tally.drifted > 0)
    return attention(run, tally.switch_begun, { verified: tally.verified, total: tally.total, drifted: tally.drifted });
  const armed = await armItems(run);
  if (armed === 'again') return false;
  if (armed === 'differs') return attention(run, tally.switch_begun, { armed: false });
  // The first read-back has just been; later ones, and the gate itself, search and compare everything again.
  const sweep = tally.was_unclear || tally.was_verified ? await sweepObjects(run, tally.was_verified) : CLEAN;
  if (sweep.missing + sweep.drifted > 0) return attention(run, tally.switch_begun, { ...sweep });
  if (sweep.duplicates > 0) return false; // once more, to see that they are gone
  if (tally.switch_wanted) {
    const switched = await switchOn(run);
    return switched === 'differs' ? attention(run, true, { switched: false }) : switched === 'on';
  }
  if (await moveTo(run, 'running', 'verified')) await note(run, 'verified', null, null);
  return true;
}

/** @param switchBegun somebody asked for the switch: its campaigns may be on already */
async function attention(run: Run, switchBegun: boolean, detail: Record<string, unknown>): Promise<boolean> {
  if (switchBegun) {
    // A run that crossed this one may have finished the switch meanwhile: then what was found here is old, and nothing is touched.
    if (!(await withdrawSwitch(run))) return true;
    await takeBackSwitch(run, 'all');
  }
  if (await moveTo(run, 'running', 'needs_attention', switchBegun)) await note(run, 'needs_attention', null, detail);
  return true;
}

/**
 * A run that looked before the wish was stored must not put the launch back to rest: it would be forgotten. The looks after the end are
 * planned by the same statement.
 * @param switchBegun a switch may take effect late: the first look comes after one window
 */
async function moveTo(
  run: Run,
  from: 'running' | 'cancelling',
  to: 'verified' | 'needs_attention' | 'cancelled',
  switchBegun = false,
): Promise<boolean> {
  const { ctx, launch } = run;
  const now = at(ctx.now());
  return ctx.transaction(async (tx) => {
    const { rows } = await tx.sql.execute(sql`
    with listed as (${planListing(run)})
    update launches set state = ${to}, version = version + 1, updated_at = ${now}, cancelled_at = case when ${to} = 'cancelled' then ${now} else cancelled_at end,
      ${atRest(run, switchBegun)}
    where id = ${run.launch.id} and organization_id = ${run.ctx.organizationId} and state = ${from} and (${to} <> 'verified' or not ${switchWanted(sql`${run.launch.id}`)}) returning id`);
    if (rows.length === 0) return false;
    const type = to === 'needs_attention' ? 'launch.needs_attention' : 'launch.finished';
    await emitEvent(ctx, tx, type, { launchId: launch.id, accountId: launch.accountId, state: to });
    return true;
  });
}
