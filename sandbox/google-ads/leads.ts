import type { AdsWorld } from './world.ts';
import { listOf, part } from './operation.ts';
import { localTime } from './local-time.ts';
import type { Resource } from './store.ts';

export interface NewAdsLead {
  /** Resource name or id of the lead form asset. */
  assetId: string;
  /** Ids of what brought it; without them the campaign that the form hangs on. */
  campaignId?: string;
  adGroupId?: string;
  adId?: string;
  assetGroupId?: string;
  /** Answers by column: `{ EMAIL: 'lead-17@example.com', FULL_NAME: '…' }`. */
  fields: Record<string, string>;
  gclid?: string;
  isTest?: boolean;
}

const WORDS: Record<string, string | undefined> = {
  FULL_NAME: 'Full Name',
  EMAIL: 'User Email',
  PHONE_NUMBER: 'User Phone',
  POSTAL_CODE: 'Postal Code',
};
/** Pauses before another try after a 5xx; a 4xx is the advertiser's own no and is not tried again [D]. */
const PAUSES = [250, 500, 1000, 2000];
const wordOf = (column: string): string => WORDS[column] ?? column.toLowerCase().replaceAll('_', ' ');
const number = (id: string | undefined): number => Number(id ?? 0);

/** Ids are int64, and this payload writes them as plain numbers. */
function payload(lead: Resource, wish: NewAdsLead, asset: Resource, secret: string): string {
  return JSON.stringify({
    lead_id: lead.fields['id'],
    api_version: '1.0',
    form_id: number(String(asset.fields['id'])),
    campaign_id: number(
      String(lead.fields['campaign'] ?? '')
        .split('/')
        .pop(),
    ),
    adgroup_id: number(wish.adGroupId),
    creative_id: number(wish.adId),
    asset_group_id: number(wish.assetGroupId),
    gcl_id: wish.gclid ?? `gclid-${String(lead.fields['id'])}`,
    google_key: secret,
    ...(wish.isTest === true ? { is_test: true } : {}),
    user_column_data: Object.entries(wish.fields).map(([column_id, string_value]) => ({
      column_id,
      column_name: wordOf(column_id),
      string_value,
    })),
  });
}

/** The address that the form names; our own host leads to the Worker of this machine. */
function whereTo(world: AdsWorld, url: string): string | null {
  const wanted = new URL(url);
  if (!wanted.hostname.endsWith('.inlay.test')) return url;
  const origin = world.core.workerOrigin();
  return origin === null ? null : `${origin}${wanted.pathname}${wanted.search}`;
}

function deliver(world: AdsWorld, lead: Resource, wish: NewAdsLead, asset: Resource): void {
  for (const method of listOf(part(asset.fields['leadFormAsset'])['deliveryMethods'])) {
    const hook = part(part(method)['webhook']);
    const url = whereTo(world, String(hook['advertiserWebhookUrl']));
    if (url === null) continue;
    const pauses = [...PAUSES];
    world.core.deliver({
      vendor: 'google-ads',
      url,
      headers: { 'content-type': 'application/json' },
      body: payload(lead, wish, asset, String(hook['googleSecret'] ?? '')),
      retryAfterMs: pauses,
      onAnswer(status) {
        if (status !== null && status >= 400 && status < 500) pauses.length = 0;
      },
    });
  }
}

/** Makes a lead as if somebody had sent the form. A test lead of the form's editor is sent and not kept. */
export function addLead(world: AdsWorld, wish: NewAdsLead): Resource {
  const { core, store } = world;
  const asset = store.all('asset').find((one) => one.name === wish.assetId || one.fields['id'] === wish.assetId);
  if (asset?.fields['type'] !== 'LEAD_FORM') throw new Error(`there is no lead form asset ${wish.assetId}`);
  const { customerId } = asset;
  const link = store.byKey(`use of ${asset.name}`).find((one) => one.type === 'campaign_asset');
  const campaign = wish.campaignId === undefined ? link?.fields['campaign'] : `customers/${customerId}/campaigns/${wish.campaignId}`;
  if (campaign !== undefined && store.get(String(campaign)) === undefined) throw new Error(`there is no campaign ${String(campaign)}`);
  const id = core.nextId('5');
  const name = `customers/${customerId}/leadFormSubmissionData/${id}`;
  const zone = String(store.get(`customers/${customerId}`)?.fields['timeZone']);
  const adGroup = wish.adGroupId === undefined ? {} : { adGroup: `customers/${customerId}/adGroups/${wish.adGroupId}` };
  const ad =
    wish.adId === undefined || wish.adGroupId === undefined
      ? {}
      : { adGroupAd: `customers/${customerId}/adGroupAds/${wish.adGroupId}~${wish.adId}` };
  const lead: Resource = {
    name,
    type: 'lead_form_submission_data',
    customerId,
    keys: [],
    createdAt: core.now(),
    visibleAt: core.now() + core.faults.plan.searchLagMs,
    requestId: 'sandbox',
    demo: false,
    fields: {
      resourceName: name,
      id,
      asset: asset.name,
      ...(campaign === undefined ? {} : { campaign }),
      ...adGroup,
      ...ad,
      gclid: wish.gclid ?? `gclid-${id}`,
      submissionDateTime: `${localTime(zone, core.now())}+00:00`,
      leadFormSubmissionFields: Object.entries(wish.fields).map(([fieldType, fieldValue]) => ({ fieldType, fieldValue })),
    },
  };
  if (wish.isTest !== true) store.put(lead);
  core.touch();
  deliver(world, lead, wish, asset);
  return lead;
}
