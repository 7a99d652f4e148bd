import { addLabels, changeObject, deleteObject } from './change-object.ts';
import { createAd } from './create-ad.ts';
import { createAdset } from './create-adset.ts';
import { createCampaign, MIN_DAILY_BUDGET } from './create-campaign.ts';
import { createCreative } from './create-creative.ts';
import { wishedFields } from './field-tree.ts';
import { deleteImage, uploadImages } from './images.ts';
import { readInsights } from './insights.ts';
import { createForm, createTestLead, deleteLead } from './leads.ts';
import { LIST_EDGES, readEdge } from './list-edges.ts';
import { accountIdOf, makeObject } from './make-object.ts';
import { DEFAULT_FIELDS } from './node-fields.ts';
import { list, requiredText } from './params.ts';
import { renderNode } from './render-node.ts';
import { readReport, readReportRows, startReport } from './reports.ts';
import { META_APP } from './tokens.ts';
import { deleteVideo, uploadVideo, videoThumbnails } from './videos.ts';
import type { Handler, HandlerTable } from './world.ts';

const readNode: Handler = (world, node, call) =>
  renderNode(world, node, wishedFields(call.params['fields'], DEFAULT_FIELDS[node.kind]), readEdge);

/** A label is found by its name inside the account: making it twice gives the same one. */
const createLabel: Handler = (world, account, call) => {
  const name = requiredText(call.params, 'name');
  const accountId = accountIdOf(account);
  const known = world.store.all('label').find((label) => label.accountId === accountId && label.fields['name'] === name);
  return { id: (known ?? makeObject(world, 'label', accountId, { name }, call)).id };
};

const renameLabel: Handler = (world, label, call) => {
  world.store.change(label, { name: requiredText(call.params, 'name') }, world.core.now());
  world.core.touch();
  return { success: true };
};

const deleteLabel: Handler = (world, label) => {
  world.store.remove(label);
  world.core.touch();
  return { success: true };
};

const minimumBudgets: Handler = (_world, account) => ({
  data: [
    {
      currency: account.fields['currency'],
      min_daily_budget_imp: MIN_DAILY_BUDGET,
      min_daily_budget_low_freq: MIN_DAILY_BUDGET * 40,
      min_daily_budget_high_freq: MIN_DAILY_BUDGET * 5,
      min_daily_budget_video_views: MIN_DAILY_BUDGET,
    },
  ],
});

const AD_LIMIT = 50_000;

const adsVolume: Handler = (world, account) => ({
  data: [
    {
      ads_running_or_in_review_count: world.store
        .all('ad')
        .filter((ad) => ad.accountId === account.accountId && ad.fields['status'] === 'ACTIVE').length,
      limit_on_ads_running_or_in_review: AD_LIMIT,
    },
  ],
});

/** Every page the person may use, each with its own token. */
const listPages: Handler = (world, _user, call, token) => ({
  data: world.store.all('page').map((page) => {
    const shown = renderNode(world, page, wishedFields(call.params['fields'], DEFAULT_FIELDS.page), readEdge);
    const wantsToken = call.params['fields'] === undefined || String(call.params['fields']).includes('access_token');
    return { ...shown, ...(wantsToken ? { access_token: world.tokens.pageToken(token, page.id).token } : {}) };
  }),
  paging: {},
});

const subscribeApp: Handler = (world, page, call) => {
  const fields = (list(call.params, 'subscribed_fields') ?? []).map(String);
  if (fields.includes('leadgen')) world.subscribedPages.add(page.id);
  world.core.touch();
  return { success: true };
};

const unsubscribeApp: Handler = (world, page) => {
  world.subscribedPages.delete(page.id);
  world.core.touch();
  return { success: true };
};

const listSubscriptions: Handler = (world, page) => ({
  data: world.subscribedPages.has(page.id)
    ? [{ id: META_APP.id, name: 'Inlay sandbox app', link: 'https://inlay.test/', subscribed_fields: ['leadgen'] }]
    : [],
});

const listPermissions: Handler = (_world, _user, _call, token) => ({
  data: token.scopes.map((permission) => ({ permission, status: 'granted' })),
});

const dropPermissions: Handler = (world, user) => {
  world.tokens.revokeOwner(user.id);
  return { success: true };
};

/** The whole imitated surface: `METHOD kind edge`, or `METHOD kind` for the node itself. */
export const HANDLERS: HandlerTable = {
  ...LIST_EDGES,
  'GET account': readNode,
  'GET campaign': readNode,
  'GET adset': readNode,
  'GET ad': readNode,
  'GET creative': readNode,
  'GET label': readNode,
  'GET image': readNode,
  'GET video': readNode,
  'GET page': readNode,
  'GET form': readNode,
  'GET lead': readNode,
  'GET user': readNode,
  'GET report': readReport,
  'GET report insights': readReportRows,
  'GET user accounts': listPages,
  'GET user permissions': listPermissions,
  'DELETE user permissions': dropPermissions,
  'GET account minimum_budgets': minimumBudgets,
  'GET account ads_volume': adsVolume,
  'GET account insights': readInsights,
  'GET campaign insights': readInsights,
  'GET adset insights': readInsights,
  'GET ad insights': readInsights,
  'GET video thumbnails': videoThumbnails,
  'GET page subscribed_apps': listSubscriptions,
  'POST account insights': startReport,
  'POST campaign insights': startReport,
  'POST adset insights': startReport,
  'POST ad insights': startReport,
  'POST account campaigns': createCampaign,
  'POST account adsets': createAdset,
  'POST account adcreatives': createCreative,
  'POST account ads': createAd,
  'POST account adimages': uploadImages,
  'POST account advideos': uploadVideo,
  'POST account adlabels': createLabel,
  'POST campaign': changeObject,
  'POST adset': changeObject,
  'POST ad': changeObject,
  'POST creative': changeObject,
  'POST label': renameLabel,
  'POST campaign adlabels': addLabels,
  'POST adset adlabels': addLabels,
  'POST ad adlabels': addLabels,
  'POST creative adlabels': addLabels,
  'POST page subscribed_apps': subscribeApp,
  'POST page leadgen_forms': createForm,
  'POST form test_leads': createTestLead,
  'DELETE campaign': deleteObject,
  'DELETE adset': deleteObject,
  'DELETE ad': deleteObject,
  'DELETE creative': deleteObject,
  'DELETE label': deleteLabel,
  'DELETE lead': deleteLead,
  'DELETE account adimages': deleteImage,
  'DELETE account advideos': deleteVideo,
  'DELETE page subscribed_apps': unsubscribeApp,
};
