import { readParent } from './create-adset.ts';
import { readName } from './create-campaign.ts';
import { STATUSES } from './enums.ts';
import { missingParameter } from './graph-error.ts';
import { accountIdOf, applyLabels, isValidateOnly, makeObject, readLabels } from './make-object.ts';
import { list, object, requiredOneOf, requiredText, text } from './params.ts';
import type { Handler } from './world.ts';

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
