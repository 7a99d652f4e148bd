import { requireRole, type Need } from './access.ts';
import { given, isRecord, refuseUnknown, requireBody } from './entity-fields.ts';
import type { Json, LiCall } from './li-call.ts';
import { badRequest, notFound } from './li-error.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { noContent, ok, type Handler, type LiWorld } from './world.ts';

/** Dynamic tracking is the documentation's own [D: dynamic-utm-tracking]; path, body and words as callers in the wild send them [T]. */
const VALUES = [
  'ACCOUNT_ID',
  'ACCOUNT_NAME',
  'CAMPAIGN_GROUP_ID',
  'CAMPAIGN_GROUP_NAME',
  'CAMPAIGN_ID',
  'CAMPAIGN_NAME',
  'CREATIVE_ID',
  'CREATIVE_NAME',
];
/** The name of a creative came later than the other words. */
const CREATIVE_NAME_SINCE = '202606';
const KEY = /^[\w.-]+$/;

/** `(adEntity:(sponsoredCampaign:urn))`: one set of parameters per campaign, applied to all its creatives. */
function campaignOf(world: LiWorld, call: LiCall, who: LiToken, need: Need): LiObject {
  const [key] = call.keys;
  const entity = isRecord(key) ? key['adEntity'] : null;
  const urn = isRecord(entity) ? entity['sponsoredCampaign'] : null;
  const campaign = world.store.find('campaign', urn);
  if (campaign === undefined) throw notFound(String(urn));
  requireRole(world, who, campaign.accountId ?? '', need);
  return campaign;
}

function readParameters(body: Json, name: string): Json {
  const parameters = body[name] ?? {};
  if (!isRecord(parameters)) throw badRequest(`${name} must be a record`);
  for (const key of Object.keys(parameters)) if (!KEY.test(key)) throw badRequest(`${name}: ${key} cannot be a parameter of a URL`);
  return parameters;
}

/** PUT is a set: doing it twice leaves one. Nothing is reviewed again. */
const set: Handler = (world, call, who) => {
  const campaign = campaignOf(world, call, who, 'write');
  const body = requireBody(call.body);
  refuseUnknown(body, new Set(['adEntity', 'dynamicValueParameters', 'customValueParameters']));
  if (campaign.fields['type'] === 'SPONSORED_INMAILS') throw badRequest('Message ads have no dynamic tracking');
  const dynamicValueParameters = readParameters(body, 'dynamicValueParameters');
  const customValueParameters = readParameters(body, 'customValueParameters');
  for (const [key, value] of Object.entries(dynamicValueParameters)) {
    const isTooNew = value === 'CREATIVE_NAME' && String(call.version) < CREATIVE_NAME_SINCE;
    if (!VALUES.includes(String(value)) || isTooNew) throw badRequest(`${key}: ${String(value)} is not an enum symbol`);
    if (key in customValueParameters) throw badRequest(`${key} is given twice`);
  }
  for (const [key, value] of Object.entries(customValueParameters))
    if (typeof value !== 'string') throw badRequest(`${key} must be a string`);
  campaign.inner['tracking'] = { adEntity: { sponsoredCampaign: campaign.urn }, dynamicValueParameters, customValueParameters };
  world.store.change(campaign, {}, campaign.updatedAt); // kept in the state, although the campaign itself has not changed
  world.core.touch();
  return noContent();
};

const read: Handler = (world, call, who) => {
  const { tracking } = campaignOf(world, call, who, 'read').inner;
  if (!given(tracking)) throw notFound('adTrackingParameters');
  return ok(tracking);
};

const remove: Handler = (world, call, who) => {
  const campaign = campaignOf(world, call, who, 'write');
  if (!given(campaign.inner['tracking'])) throw notFound('adTrackingParameters');
  delete campaign.inner['tracking'];
  world.store.change(campaign, {}, campaign.updatedAt);
  world.core.touch();
  return noContent();
};

export const TRACKING: Record<string, Handler> = {
  'UPDATE adTrackingParameters/{}': set,
  'GET adTrackingParameters/{}': read,
  'DELETE adTrackingParameters/{}': remove,
};
