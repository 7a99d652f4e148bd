import type { launchAgain as contract } from '#shared/contracts/launches.ts';
import type { ResponseOf } from '#shared/contracts/define-contract.ts';
import { planAgain } from '#shared/rules/plan-again.ts';
import type { Context } from '../../kernel/context.ts';
import { storeDraft } from './create-launch.ts';
import { getLaunch } from './get-launch.ts';
import { fetchLaunch } from './launch-facts.ts';
import { planSchema } from './plan/plan-schema.ts';

/**
 * The plan of a launch once more, as a draft of its own: another launch id, so other tokens, and nothing of the old one is looked at or
 * touched. Dates that have passed move forward and are named. Checked like any new plan; nothing is sent.
 */
export async function launchAgain(ctx: Context, input: { id: string }): Promise<ResponseOf<typeof contract>> {
  ctx.require('launches:write');
  const earlier = await fetchLaunch(ctx, input.id);
  const { plan, moved } = planAgain(planSchema.parse(earlier.plan), ctx.now().getTime());
  const { id, warnings } = await storeDraft(ctx, plan, { kind: 'launched_again', detail: { from: earlier.id, moved } });
  return { launch: await getLaunch(ctx, { id }), moved, warnings };
}
