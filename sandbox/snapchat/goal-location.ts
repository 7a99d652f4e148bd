import { objectiveOf } from './check-campaign.ts';
import { success } from './envelope.ts';
import type { Goal } from './enums.ts';
import { GOALS, goalsOf } from './goals.ts';
import { bodyOf } from './snap-call.ts';
import { badRequest } from './snap-error.ts';
import type { Handler } from './world.ts';

/**
 * POST /adsquads/{id}/ad_squad_ui_render_data: where people are to convert, which narrows the goals (facts file). Unverified [K]: the
 * body's and the answer's names, and that a goal which does not fit is refused.
 */
export const setConversionLocation: Handler = (world, squad, call) => {
  const location = bodyOf(call)['conversion_location'];
  const campaign = world.store.find('campaign', squad.fields['campaign_id']);
  if (campaign === undefined) throw new Error(`ad squad ${squad.id} has lost its campaign`);
  const objective = objectiveOf(campaign);
  if (typeof location !== 'string' || !Object.hasOwn(GOALS[objective], location))
    throw badRequest(`conversion_location must be one of ${Object.keys(GOALS[objective]).join(', ')}`);
  if (!goalsOf(objective, location).includes(squad.fields['optimization_goal'] as Goal))
    throw badRequest(`${String(squad.fields['optimization_goal'])} is not available at ${location}`);
  world.store.change(squad, { fields: { ...squad.fields, conversion_location: location } }, world.core.now());
  world.core.touch();
  return success(world, call, { ad_squad_ui_render_data: { ad_squad_id: squad.id, conversion_location: location } });
};
