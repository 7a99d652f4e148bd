import { DEMO_IDS } from './demo-ids.ts';
import type { StatsBook } from './stats-book.ts';
import type { Json, SnapKind, SnapObject, SnapStore } from './store.ts';

const DAY_MS = 86_400_000;
/** Everything of the demo was made at fixed moments of the past. */
const FROM = Date.parse('2026-08-03T08:00:00Z');

type Add = (kind: SnapKind, id: string, fields: Json, accountId?: string | null, hidden?: Json) => SnapObject;

/** DEMO_IDS name the first of each; the others count on. */
const nth = (id: string, n: number): string => id.slice(0, -1) + String(n);

function addOrganization(add: Add): void {
  const organization_id = DEMO_IDS.organization;
  add('user', DEMO_IDS.user, { email: 'owner@example.com', display_name: 'Sandbox user', organization_id, member_status: 'MEMBER' }, null);
  add('organization', organization_id, { name: 'Northwind Coffee', country: 'FR', type: 'ENTERPRISE', state: 'ACTIVE', roles: [] }, null);
  const source = { type: 'CREDIT_CARD', status: 'ACTIVE', currency: 'EUR', organization_id };
  add('fundingsource', DEMO_IDS.fundingSource, source, null);
  add('profile', DEMO_IDS.profile, { organization_id, display_name: 'Northwind Coffee', description: 'Coffee, roasted slowly' }, null);
  add('profile', DEMO_IDS.secondProfile, { organization_id, display_name: 'Northwind Tea', description: 'Tea' }, null);
}

function addAccounts(add: Add): void {
  const accounts = [
    { id: DEMO_IDS.account, name: 'Northwind Coffee', currency: 'EUR', timezone: 'Europe/Paris', status: 'ACTIVE' },
    { id: DEMO_IDS.secondAccount, name: 'Northwind Coffee US', currency: 'USD', timezone: 'America/New_York', status: 'ACTIVE' },
    // Unverified [K]: the word for an account that may not advertise.
    { id: DEMO_IDS.disabledAccount, name: 'Northwind Coffee UK', currency: 'GBP', timezone: 'Europe/London', status: 'PENDING' },
  ];
  for (const { id, ...fields } of accounts) {
    const owner = { organization_id: DEMO_IDS.organization, funding_source_ids: [DEMO_IDS.fundingSource] };
    add('adaccount', id, { ...fields, type: 'PARTNER', ...owner, advertiser_organization_id: DEMO_IDS.organization }, id);
  }
  const pixel = { status: 'ACTIVE', effective_status: 'ACTIVE' };
  add('pixel', DEMO_IDS.pixel, { name: 'Northwind pixel', ad_account_id: DEMO_IDS.account, ...pixel });
  const second = { name: 'Northwind pixel US', ad_account_id: DEMO_IDS.secondAccount, ...pixel };
  add('pixel', DEMO_IDS.secondPixel, second, DEMO_IDS.secondAccount);
}

function addAudiences(add: Add): void {
  const audiences = [
    { name: 'Customers', users: 4200 },
    { name: 'Newsletter', users: 18_000 },
    { name: 'Tasting guests', users: 300 },
  ];
  audiences.forEach(({ name, users }, n) => {
    const owner = { ad_account_id: DEMO_IDS.account, organization_id: DEMO_IDS.organization };
    const fields = { name, ...owner, source_type: 'FIRST_PARTY', retention_in_days: 180 };
    add('segment', nth(DEMO_IDS.segment, n + 1), fields, DEMO_IDS.account, { users });
  });
  add('form', DEMO_IDS.form, {
    name: 'Tasting sign-up',
    ad_account_id: DEMO_IDS.account,
    description: 'Taste three coffees with us.',
    form_fields: [{ type: 'FIRST_NAME' }, { type: 'LAST_NAME' }, { type: 'EMAIL' }, { type: 'PHONE_NUMBER' }],
    privacy_policy_url: 'https://example.com/privacy',
    status: 'ACTIVE',
  });
}

function addOlderCampaign(add: Add, stats: StatsBook): void {
  const start_time = new Date(FROM).toISOString();
  const concepts = ['Morning cup', 'Three roasts'];
  concepts.forEach((concept, n) => {
    const file = {
      name: `${concept}.png`,
      size: 90_000,
      sha256: '0'.repeat(64),
      uploadedAt: FROM,
      isSound: true,
      width: 1080,
      height: 1920,
    };
    add('media', nth(DEMO_IDS.media, n + 1), { name: concept, type: 'IMAGE', ad_account_id: DEMO_IDS.account }, DEMO_IDS.account, { file });
    add('creative', nth(DEMO_IDS.creative, n + 1), {
      name: concept,
      ad_account_id: DEMO_IDS.account,
      type: 'WEB_VIEW',
      headline: concept,
      brand_name: 'Northwind Coffee',
      profile_properties: { profile_id: DEMO_IDS.profile },
      top_snap_media_id: nth(DEMO_IDS.media, n + 1),
      top_snap_crop_position: 'OPTIMIZED',
      call_to_action: 'SHOP_NOW',
      shareable: true,
      ad_product: 'SNAP_AD',
      web_view_properties: { url: 'https://example.com/coffee', block_preload: false },
    });
  });
  add('campaign', DEMO_IDS.campaign, {
    name: 'Autumn roast',
    ad_account_id: DEMO_IDS.account,
    status: 'ACTIVE',
    objective_v2_properties: { objective_v2_type: 'TRAFFIC' },
    start_time,
    buy_model: 'AUCTION',
    creation_state: 'PUBLISHED',
  });
  ['fr', 'be'].forEach((country, s) => {
    const squadId = nth(DEMO_IDS.adsquad, s + 1);
    add('adsquad', squadId, {
      name: `Coffee drinkers ${country.toUpperCase()}`,
      campaign_id: DEMO_IDS.campaign,
      status: 'ACTIVE',
      type: 'SNAP_ADS',
      targeting: { geos: [{ country_code: country }], demographics: [{ min_age: '18' }] },
      placement_v2: { config: 'AUTOMATIC' },
      billing_event: 'IMPRESSION',
      optimization_goal: 'SWIPES',
      bid_strategy: 'AUTO_BID',
      auto_bid: true,
      daily_budget_micro: 25_000_000,
      delivery_constraint: 'DAILY_BUDGET',
      pacing_type: 'STANDARD',
      child_ad_type: 'REMOTE_WEBPAGE',
      creation_state: 'PUBLISHED',
    });
    concepts.forEach((concept, n) => {
      const id = nth(DEMO_IDS.ad, s * 2 + n + 1);
      const fields = { name: concept, ad_squad_id: squadId, creative_id: nth(DEMO_IDS.creative, n + 1), status: 'ACTIVE' };
      add('ad', id, { ...fields, type: 'REMOTE_WEBPAGE', render_type: 'STATIC' });
      stats.deliver(id, 0.6 + 0.4 * (s + n), FROM);
    });
  });
}

/** One business with three ad accounts; `withAds` adds an older campaign of two squads and four ads that deliver since August. */
export function buildDemoWorld(store: SnapStore, stats: StatsBook, withAds: boolean): void {
  let made = 0;
  const add: Add = (kind, id, fields, accountId = DEMO_IDS.account, hidden = {}) => {
    made += 1;
    const at = FROM + Math.floor(made / 10) * DAY_MS + made * 1000;
    return store.add({
      id,
      kind,
      accountId,
      fields,
      hidden,
      createdAt: at,
      updatedAt: at,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
      deleted: false,
    });
  };
  addOrganization(add);
  addAccounts(add);
  addAudiences(add);
  if (withAds) addOlderCampaign(add, stats);
}
