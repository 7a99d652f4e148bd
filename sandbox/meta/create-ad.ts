import { readParent } from './create-adset.ts';
import { readName } from './create-campaign.ts';
import { STATUSES } from './enums.ts';
import { missingParameter } from './graph-error.ts';
import { accountIdOf, applyLabels, isValidateOnly, makeObject, readLabels } from './make-object.ts';
import { list, object, refuse, requiredOneOf, requiredText, text, type Json } from './params.ts';
import type { GraphObject } from './store.ts';
import type { Handler } from './world.ts';

function opensForm({ fields }: GraphObject): boolean {
  const story = fields['object_story_spec'] as Json | undefined;
  const data = (story?.['link_data'] ?? story?.['video_data']) as { call_to_action?: { value?: Json } } | undefined;
  return data?.call_to_action?.value?.['lead_gen_form_id'] !== undefined;
}

export const createAd: Handler = (world, account, call) => {
  const { params } = call;
  const accountId = accountIdOf(account);
  const name = readName(params);
  const adset = readParent(world, accountId, 'adset', requiredText(params, 'adset_id'));
  const wanted = object(params, 'creative');
  if (wanted === null) throw missingParameter('creative');
  const creative = readParent(
    world,
    accountId,
    'creative',
    requiredText({ creative_id: wanted['creative_id'] ?? wanted['id'] }, 'creative_id'),
  );
  refuse(
    adset.fields['destination_type'] === 'ON_AD' && !opensForm(creative),
    'The ad set collects leads, so the creative must open a lead form.',
    1892040,
  );
  const status = requiredOneOf(params, 'status', STATUSES);
  const labels = readLabels(world, accountId, params);
  if (isValidateOnly(params)) return { success: true };

  const tracking = list(params, 'tracking_specs');
  const domain = text(params, 'conversion_domain');
  const ad = makeObject(
    world,
    'ad',
    accountId,
    {
      name,
      campaign_id: adset.fields['campaign_id'],
      adset_id: adset.id,
      creative_id: creative.id,
      status,
      ...(tracking === null ? {} : { tracking_specs: tracking }),
      ...(domain === null ? {} : { conversion_domain: domain }),
    },
    call,
    { labelIds: applyLabels(world, accountId, labels, call) },
  );
  return { id: ad.id };
};
