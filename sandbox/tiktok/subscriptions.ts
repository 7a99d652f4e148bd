import type { TiktokCall } from './call.ts';
import { makePage, readPage } from './paging.ts';
import { object, oneOf, requiredOneOf, requiredText, text } from './params.ts';
import { requireApp } from './oauth.ts';
import { TIKTOK_APP } from './tokens.ts';
import { CODES, missingField, noPermission, parameterError, refuse, TiktokError } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** Entities the platform knows [T]; leads are the ones that are sent here. */
const ENTITIES = ['AD', 'AD_ACCOUNT_SUSPENSION', 'AD_GROUP', 'CREATIVE_FATIGUE', 'LEAD', 'REPORT_DATA_CHANGE'] as const;

type Open = (world: TiktokWorld, call: TiktokCall) => unknown;

/** POST subscription/subscribe/: app id and secret, and the advertiser's own token inside the detail [T]. */
const subscribe: Open = (world, { params }) => {
  requireApp(params);
  refuse(requiredOneOf(params, 'subscribe_entity', ENTITIES) !== 'LEAD', 'subscribe_entity: The sandbox sends leads only.');
  const callback = requiredText(params, 'callback_url');
  if (!URL.canParse(callback)) throw parameterError('callback_url: Not a valid URL.');
  const isHere = ['127.0.0.1', 'localhost'].includes(new URL(callback).hostname);
  refuse(!callback.startsWith('https://') && !isHere, 'callback_url: Must begin with https.');
  const detail = object(params, 'subscription_detail');
  if (detail === null) throw missingField('subscription_detail');
  const token = world.tokens.accept(text(detail, 'access_token'));
  refuse(!token.scopes.includes('leads'), 'The token has no permission for leads.', CODES.noPermission);
  const advertiserId = requiredText(detail, 'advertiser_id');
  if (!token.advertiserIds.includes(advertiserId)) throw noPermission(`No permission to operate advertiser ${advertiserId}.`);
  const pageId = text(detail, 'page_id');
  refuse(pageId !== null && world.store.find('form', pageId)?.advertiserId !== advertiserId, 'page_id: The page does not exist.');
  const id = world.core.nextId('73');
  world.subscriptions.set(id, {
    subscription_id: id,
    callback_url: callback,
    advertiser_id: advertiserId,
    page_id: pageId,
    lead_source: oneOf(detail, 'lead_source', ['DIRECT_MESSAGE', 'INSTANT_FORM'] as const) ?? 'INSTANT_FORM',
  });
  world.core.touch();
  return { subscription_id: id };
};

/** GET subscription/get/ */
const listSubscriptions: Open = (world, { params }) => {
  requireApp(params);
  requiredOneOf(params, 'subscribe_entity', ENTITIES);
  const page = makePage([...world.subscriptions.values()], readPage(params, 100));
  return {
    subscriptions: page.items.map(({ subscription_id, callback_url, ...detail }) => ({
      app_id: TIKTOK_APP.id,
      subscription_id,
      subscribe_entity: 'LEAD',
      callback_url,
      subscription_detail: Object.fromEntries(Object.entries(detail).filter(([, value]) => value !== null)),
    })),
    page_info: page.page_info,
  };
};

/** POST subscription/unsubscribe/ */
const unsubscribe: Open = (world, { params }) => {
  requireApp(params);
  const id = requiredText(params, 'subscription_id');
  if (!world.subscriptions.delete(id)) throw new TiktokError(CODES.noSuchThing, 'subscription_id: The subscription does not exist.');
  world.core.touch();
  return {};
};

export const SUBSCRIPTION_ROUTES: Record<string, Open> = {
  'POST subscription/subscribe/': subscribe,
  'GET subscription/get/': listSubscriptions,
  'POST subscription/unsubscribe/': unsubscribe,
};
