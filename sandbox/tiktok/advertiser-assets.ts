import { makePage, readPage } from './paging.ts';
import { oneOf, requiredOneOf, requiredText, text, texts } from './params.ts';
import { requireApp } from './oauth.ts';
import type { TiktokObject } from './store.ts';
import { COUNTRIES } from './targeting.ts';
import { CODES, missingField, noPermission, parameterError, refuse } from './tiktok-error.ts';
import type { Handler } from './world.ts';

/** GET oauth2/advertiser/get/: the accounts the token was given, disabled ones too. Needs app id and secret beside the token [S]. */
export const listAdvertisers: Handler = (world, { params }, { token }) => {
  requireApp(params);
  return {
    list: token.advertiserIds.flatMap((id) => {
      const advertiser = world.store.find('advertiser', id);
      return advertiser === undefined ? [] : [{ advertiser_id: id, advertiser_name: advertiser.fields['name'] }];
    }),
  };
};

const MOST_ADVERTISERS = 100;

/** GET advertiser/info/ */
export const readAdvertisers: Handler = (world, { params }, { token }) => {
  const ids = texts(params, 'advertiser_ids');
  if (ids === null) throw missingField('advertiser_ids');
  refuse(ids.length > MOST_ADVERTISERS, `advertiser_ids: At most ${MOST_ADVERTISERS}.`, CODES.tooManyIds);
  const fields = texts(params, 'fields');
  return {
    list: ids.map((id) => {
      const advertiser = world.store.find('advertiser', id);
      if (advertiser === undefined || !token.advertiserIds.includes(id)) throw noPermission(`No permission to operate advertiser ${id}.`);
      const all = { advertiser_id: id, ...advertiser.fields };
      return fields === null
        ? all
        : Object.fromEntries(Object.entries(all).filter(([name]) => name === 'advertiser_id' || fields.includes(name)));
    }),
  };
};

/** GET bc/get/: business centers with one's own role. */
export const listBusinesses: Handler = (world, { params }) => {
  const wanted = text(params, 'bc_id');
  const page = makePage(
    world.store.all('business').filter((one) => wanted === null || one.id === wanted),
    readPage(params, 50),
  );
  return {
    list: page.items.map((one) => ({
      bc_info: { bc_id: one.id, ...one.fields },
      user_role: 'ADMIN',
      ext_user_role: { finance_role: 'MANAGER' },
    })),
    page_info: page.page_info,
  };
};

const ASSET_KINDS: Record<string, TiktokObject['kind']> = { ADVERTISER: 'advertiser', PIXEL: 'pixel', TT_ACCOUNT: 'identity' };

/** GET bc/asset/get/ */
export const listBusinessAssets: Handler = (world, { params }) => {
  refuse(world.store.find('business', requiredText(params, 'bc_id')) === undefined, 'bc_id: The business center does not exist.');
  const type = requiredOneOf(params, 'asset_type', ['ADVERTISER', 'CATALOG', 'LEAD', 'PIXEL', 'STOREFRONT', 'TT_ACCOUNT'] as const);
  const kind = ASSET_KINDS[type];
  const assets = kind === undefined ? [] : world.store.all(kind);
  const page = makePage(
    assets.filter((one) => kind !== 'identity' || one.fields['identity_type'] === 'BC_AUTH_TT'),
    readPage(params, 50),
  );
  return {
    list: page.items.map((one) => ({
      asset_type: type,
      asset_id: one.id,
      asset_name: one.fields['name'] ?? one.fields['pixel_name'] ?? one.fields['display_name'],
      ...(kind === 'advertiser' ? { advertiser_role: 'ADMIN', advertiser_account_type: 'AUCTION' } : {}),
      ...(kind === 'identity' ? { tt_account_roles: ['POST'] } : {}),
    })),
    page_info: page.page_info,
  };
};

/** GET pixel/list/: at most 20 a page [S]. */
export const listPixels: Handler = (world, { params }, { advertiserId }) => {
  const order = oneOf(params, 'order_by', ['EARLIEST_CREATE', 'LATEST_CREATE'] as const) ?? 'EARLIEST_CREATE';
  const [id, code, name] = [text(params, 'pixel_id'), text(params, 'code'), text(params, 'name')];
  const found = world.store
    .of('pixel', advertiserId)
    .filter(
      (one) =>
        (id === null || one.id === id) &&
        (code === null || one.fields['pixel_code'] === code) &&
        (name === null || String(one.fields['pixel_name']).includes(name)),
    );
  const page = makePage(order === 'EARLIEST_CREATE' ? found : found.toReversed(), readPage(params, 20));
  return { pixels: page.items.map((one) => ({ pixel_id: one.id, ...one.fields })), page_info: page.page_info };
};

/** GET dmp/custom_audience/list/ */
export const listAudiences: Handler = (world, { params }, { advertiserId }) => {
  const wanted = texts(params, 'custom_audience_ids');
  const page = makePage(
    world.store.of('audience', advertiserId).filter((one) => wanted === null || wanted.includes(one.id)),
    readPage(params, 100),
  );
  return { list: page.items.map((one) => ({ audience_id: one.id, ...one.fields })), page_info: page.page_info };
};

/** GET dmp/custom_audience/get/: the same with history; what the list calls `audience_type` is `type` here [S]. */
export const readAudiences: Handler = (world, { params }, { advertiserId }) => {
  const ids = texts(params, 'custom_audience_ids');
  if (ids === null) throw missingField('custom_audience_ids');
  return {
    list: ids.map((id) => {
      const audience = world.store.find('audience', id);
      if (audience === undefined || audience.advertiserId !== advertiserId)
        throw parameterError(`custom_audience_ids: The audience ${id} does not exist.`);
      const { audience_type: type, ...details } = audience.fields;
      return { audience_details: { audience_id: id, type, ...details }, audience_history: [] };
    }),
  };
};

/** GET tool/region/: the places that can be targeted; countries only here. */
export const listRegions: Handler = () => ({
  region_list: COUNTRIES.map((country) => country.location_id),
  region_info: COUNTRIES.map((country) => ({
    ...country,
    parent_id: '0',
    next_level_ids: [],
    area_type: 'ADMIN',
    level: 'COUNTRY',
    support_below_18: true,
  })),
});

/** GET tool/language/ */
export const listLanguages: Handler = () => ({
  languages: ['de', 'en', 'es', 'fr', 'it', 'nl'].map((code) => ({ code, name: code })),
});
