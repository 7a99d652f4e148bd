import {
  listAdvertisers,
  listAudiences,
  listBusinessAssets,
  listBusinesses,
  listLanguages,
  listPixels,
  listRegions,
  readAdvertisers,
  readAudiences,
} from './advertiser-assets.ts';
import { checkChangeLog, downloadChangeLog, startChangeLog } from './change-log-tasks.ts';
import { changeMaterialStatus, STATUS_ROUTES } from './change-status.ts';
import { finishUpload, startUpload, transferUpload } from './chunked-upload.ts';
import { createAdgroup, createSmartAdgroup } from './create-adgroup.ts';
import { createAds } from './create-ads.ts';
import { createCampaign, createSmartCampaign } from './create-campaign.ts';
import { createSmartAd } from './create-smart-ad.ts';
import { deleteAssets } from './delete-assets.ts';
import { listIdentities, listIdentityPosts, readIdentityPosts } from './identities.ts';
import { readImages, searchImages, uploadImage } from './images.ts';
import { listForms, readFormFields } from './lead-forms.ts';
import { createMockLead, deleteMockLead, downloadLeads, readLead, readMockLead, runLeadTask } from './leads.ts';
import { LIST_ROUTES, readAdgroupQuota } from './list-objects.ts';
import { cancelReport, checkReportTask, downloadReport, startReport } from './report-tasks.ts';
import { readReport } from './reports.ts';
import type { Scope } from './tokens.ts';
import { UPDATE_ROUTES } from './update-objects.ts';
import { readVideos, searchVideos, suggestCovers, uploadVideo } from './videos.ts';
import type { Handler } from './world.ts';

/** Calls about the token, not about one advertiser. */
const NO_ADVERTISER = new Set(['oauth2/advertiser/get/', 'advertiser/info/', 'bc/get/', 'bc/asset/get/']);
export const namesAdvertiser = (path: string): boolean => !NO_ADVERTISER.has(path);

/** Tasks are asked for with POST, but nothing is lost with them. */
const TASKS = new Set(['report/task/create/', 'report/task/cancel/', 'changelog/task/create/', 'page/lead/task/']);
export const isWrite = (method: string, path: string): boolean => method !== 'GET' && !TASKS.has(path);

/** The permission a path needs. Unverified [K], as the numbers of the permissions are. */
export function scopeOf(path: string): Scope {
  if (path.startsWith('smart_plus/')) return 'smartPlus';
  if (path.startsWith('report/') || path.startsWith('changelog/')) return 'reports';
  if (path.startsWith('file/') || path.startsWith('creative/')) return 'creative';
  if (path.startsWith('identity/')) return 'identities';
  if (path.startsWith('pixel/')) return 'pixels';
  if (path.startsWith('dmp/')) return 'audiences';
  if (path.startsWith('page/') || path.startsWith('lead/')) return 'leads';
  return /^(campaign|adgroup|ad|tool)\//.test(path) ? 'ads' : 'accounts';
}

/** The whole imitated surface: method and path, with the slash at its end. */
export const HANDLERS: Record<string, Handler> = {
  ...LIST_ROUTES,
  ...STATUS_ROUTES,
  ...UPDATE_ROUTES,
  'GET oauth2/advertiser/get/': listAdvertisers,
  'GET advertiser/info/': readAdvertisers,
  'GET bc/get/': listBusinesses,
  'GET bc/asset/get/': listBusinessAssets,
  'GET identity/get/': listIdentities,
  'GET identity/video/get/': listIdentityPosts,
  'GET identity/video/info/': readIdentityPosts,
  'GET pixel/list/': listPixels,
  'GET dmp/custom_audience/list/': listAudiences,
  'GET dmp/custom_audience/get/': readAudiences,
  'GET tool/region/': listRegions,
  'GET tool/language/': listLanguages,
  'GET adgroup/quota/': readAdgroupQuota,
  'POST campaign/create/': createCampaign,
  'POST adgroup/create/': createAdgroup,
  'POST ad/create/': createAds,
  'POST smart_plus/campaign/create/': createSmartCampaign,
  'POST smart_plus/adgroup/create/': createSmartAdgroup,
  'POST smart_plus/ad/create/': createSmartAd,
  'POST smart_plus/ad/material_status/update/': changeMaterialStatus,
  'POST file/image/ad/upload/': uploadImage,
  'GET file/image/ad/info/': readImages,
  'GET file/image/ad/search/': searchImages,
  'POST file/video/ad/upload/': uploadVideo,
  'GET file/video/ad/info/': readVideos,
  'GET file/video/ad/search/': searchVideos,
  'GET file/video/suggestcover/': suggestCovers,
  'POST creative/asset/delete/': deleteAssets,
  'POST file/start/upload/': startUpload,
  'POST file/transfer/upload/': transferUpload,
  'POST file/finish/upload/': finishUpload,
  'GET report/integrated/get/': readReport,
  'POST report/task/create/': startReport,
  'GET report/task/check/': checkReportTask,
  'GET report/task/download/': downloadReport,
  'POST report/task/cancel/': cancelReport,
  'GET page/get/': listForms,
  'GET page/field/get/': readFormFields,
  'GET lead/get/': readLead,
  'GET lead/field/get/': readFormFields,
  'POST page/lead/task/': runLeadTask,
  'GET page/lead/task/download/': downloadLeads,
  'POST page/lead/mock/create/': createMockLead,
  'GET page/lead/mock/get/': readMockLead,
  'POST page/lead/mock/delete/': deleteMockLead,
  'POST changelog/task/create/': startChangeLog,
  'GET changelog/task/check/': checkChangeLog,
  'GET changelog/task/download/': downloadChangeLog,
};
