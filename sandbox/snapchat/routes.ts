import { deleteObject, patchObject } from './change-object.ts';
import { uploadInParts } from './chunked-upload.ts';
import { createItems } from './create-items.ts';
import { setConversionLocation } from './goal-location.ts';
import { listIntegrations, register, removeIntegration, sendTestLead } from './lead-integrations.ts';
import { adsOfCampaign, below, inAccount, readMany, readOne } from './list-objects.ts';
import { uploadFile } from './media-upload.ts';
import { readAccounts, readFundingSources, readMe, readMyProfiles, readOrganizations, readPixels, readProfiles } from './people-lists.ts';
import { replaceItems } from './replace-items.ts';
import { readReport, startLeadsReport, stats } from './reports.ts';
import { addUsers } from './segment-users.ts';
import type { SnapKind } from './store.ts';
import type { HandlerTable } from './world.ts';

/** What a collection in a path holds. */
export const COLLECTIONS: Record<string, SnapKind> = {
  organizations: 'organization',
  adaccounts: 'adaccount',
  campaigns: 'campaign',
  adsquads: 'adsquad',
  ads: 'ad',
  creatives: 'creative',
  media: 'media',
  pixels: 'pixel',
  segments: 'segment',
  lead_generation_forms: 'form',
};

/** Reads that are sent as POST: they may be slow or fail, but no answer of theirs is lost after an effect. */
export const READING_POSTS = /^get_.+_by_ids$/;

/**
 * The whole imitated surface: `METHOD collection` is the object itself, `METHOD collection edge` hangs below it, a third `*` is an
 * object named below its parent. Unverified: PATCH below the parent [T], GET of a creative, media, pixel, segment, form [K].
 */
export const HANDLERS: HandlerTable = {
  'GET me': readMe,
  'GET me organizations': readOrganizations,
  'GET organizations': readOne('organizations', 'organization'),
  'GET organizations adaccounts': readAccounts,
  'GET organizations fundingsources': readFundingSources,
  'GET adaccounts': readOne('adaccounts', 'adaccount'),
  'GET adaccounts campaigns': inAccount('campaign'),
  'POST adaccounts campaigns': createItems('campaign'),
  'PUT adaccounts campaigns': replaceItems('campaign'),
  'PATCH adaccounts campaigns *': patchObject('campaign'),
  'POST adaccounts get_campaigns_by_ids': readMany('campaign'),
  'GET adaccounts adsquads': inAccount('adsquad'),
  'POST adaccounts get_adsquads_by_ids': readMany('adsquad'),
  'GET adaccounts ads': inAccount('ad'),
  'POST adaccounts get_ads_by_ids': readMany('ad'),
  'GET adaccounts creatives': inAccount('creative'),
  'POST adaccounts creatives': createItems('creative'),
  'PUT adaccounts creatives': replaceItems('creative'),
  'PATCH adaccounts creatives *': patchObject('creative'),
  'POST adaccounts get_creatives_by_ids': readMany('creative'),
  'GET adaccounts media': inAccount('media'),
  'POST adaccounts media': createItems('media'),
  'POST adaccounts get_media_by_ids': readMany('media'),
  'GET adaccounts pixels': readPixels,
  'GET adaccounts segments': inAccount('segment'),
  'POST adaccounts segments': createItems('segment'),
  'GET adaccounts lead_generation_forms': inAccount('form'),
  'POST adaccounts lead_generation_forms': createItems('form'),
  'POST adaccounts leads_report': startLeadsReport,
  'GET adaccounts leads_report': readReport,
  'GET campaigns': readOne('campaigns', 'campaign'),
  'PATCH campaigns': patchObject('campaign'),
  'DELETE campaigns': deleteObject,
  'GET campaigns adsquads': below('adsquad'),
  'POST campaigns adsquads': createItems('adsquad'),
  'PUT campaigns adsquads': replaceItems('adsquad'),
  'PATCH campaigns adsquads *': patchObject('adsquad'),
  'GET campaigns ads': adsOfCampaign,
  'GET adsquads': readOne('adsquads', 'adsquad'),
  'PATCH adsquads': patchObject('adsquad'),
  'DELETE adsquads': deleteObject,
  'POST adsquads ad_squad_ui_render_data': setConversionLocation,
  'GET adsquads ads': below('ad'),
  'POST adsquads ads': createItems('ad'),
  'PUT adsquads ads': replaceItems('ad'),
  'PATCH adsquads ads *': patchObject('ad'),
  'GET ads': readOne('ads', 'ad'),
  'PATCH ads': patchObject('ad'),
  'DELETE ads': deleteObject,
  'GET creatives': readOne('creatives', 'creative'),
  'GET media': readOne('media', 'media'),
  'POST media upload': uploadFile,
  'POST media multipart-upload-v2': uploadInParts,
  'GET pixels': readOne('pixels', 'pixel'),
  'GET segments': readOne('segments', 'segment'),
  'POST segments users': addUsers,
  'GET lead_generation_forms': readOne('lead_generation_forms', 'lead_generation_form'),
  ...Object.fromEntries(
    ['adaccounts', 'campaigns', 'adsquads', 'ads'].flatMap((collection) => [
      [`GET ${collection} stats`, stats],
      [`GET ${collection} stats_report`, readReport],
    ]),
  ),
};

/** Calls whose path names no object of a collection: `METHOD lead_gen integrations public_webhook`, ids as `*`. */
export const LEAD_GEN: HandlerTable = {
  'POST integrations public_webhook': register,
  'GET integrations * test': sendTestLead,
  'DELETE integrations *': removeIntegration,
  'GET forms * integrations': listIntegrations,
};

/** What the host of public profiles serves. */
export const PROFILES: HandlerTable = {
  'GET me public_profiles': readMyProfiles,
  'GET organizations public_profiles': readProfiles,
};
