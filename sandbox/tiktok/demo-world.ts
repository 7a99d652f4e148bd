import type { InsightBook } from '../core/insight-book.ts';
import { seededSequence } from '../core/seeded.ts';
import type { Family, Kind, TiktokObject, TiktokStore } from './store.ts';

/** Ids that exist in every sandbox, whatever the seed: 19 digits, as the platform's own. */
export const DEMO_ADVERTISERS = {
  euros: '7380000000000000001',
  dollars: '7380000000000000002',
  disabled: '7380000000000000003',
} as const;
export const DEMO_ASSETS = {
  business: '7390000000000000001',
  customIdentity: '7370000000000000001',
  tiktokIdentity: '7370000000000000002',
  businessIdentity: '7370000000000000003',
  postedIdentity: '7370000000000000004',
  dollarsIdentity: '7370000000000000005',
  post: '7360000000000000001',
  sharedPost: '7360000000000000002',
  pixel: '7350000000000000001',
  dollarsPixel: '7350000000000000002',
  form: '7340000000000000001',
  draftForm: '7340000000000000002',
  audience: '7330000000000000001',
  image: 'ad-site-i18n-sg/733000000000001',
  video: 'v10033g50000733000000000001',
} as const;

const DAY_MS = 86_400_000;
const FRANCE = '3017382';

type Add = (kind: Kind, id: string, fields: Record<string, unknown>, advertiserId?: string | null, family?: Family) => TiktokObject;

const idOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(15, '0')}`;

function addAdvertisers(add: Add): void {
  const accounts = [
    {
      id: DEMO_ADVERTISERS.euros,
      name: 'Northwind Coffee',
      currency: 'EUR',
      timezone: 'Europe/Paris',
      country: 'FR',
      status: 'STATUS_ENABLE',
    },
    {
      id: DEMO_ADVERTISERS.dollars,
      name: 'Northwind Coffee US',
      currency: 'USD',
      timezone: 'America/New_York',
      country: 'US',
      status: 'STATUS_ENABLE',
    },
    {
      id: DEMO_ADVERTISERS.disabled,
      name: 'Northwind Outlet',
      currency: 'GBP',
      timezone: 'Europe/London',
      country: 'GB',
      status: 'STATUS_DISABLE',
    },
  ];
  add(
    'business',
    DEMO_ASSETS.business,
    {
      name: 'Northwind',
      company: 'Northwind',
      currency: 'EUR',
      registered_area: 'FR',
      status: 'ENABLE',
      timezone: 'Europe/Paris',
      type: 'NORMAL',
    },
    null,
  );
  for (const { id, ...fields } of accounts) {
    add(
      'advertiser',
      id,
      {
        ...fields,
        display_timezone: fields.timezone,
        role: 'ROLE_ADVERTISER',
        company: 'Northwind',
        owner_bc_id: DEMO_ASSETS.business,
        balance: 0,
        language: 'en',
        advertiser_account_type: 'AUCTION',
        can_use_custom_identity: true,
        create_time: 1_753_000_000,
      },
      null,
    );
  }
}

function addIdentities(add: Add): void {
  const identities: [string, string, string, Record<string, string>?][] = [
    [DEMO_ASSETS.customIdentity, 'CUSTOMIZED_USER', 'Northwind Coffee'],
    [DEMO_ASSETS.tiktokIdentity, 'TT_USER', 'northwind.coffee'],
    [DEMO_ASSETS.businessIdentity, 'BC_AUTH_TT', 'northwind.shop', { identity_authorized_bc_id: DEMO_ASSETS.business }],
    [DEMO_ASSETS.postedIdentity, 'AUTH_CODE', 'A creator of the demo'],
  ];
  for (const [id, type, display_name, extra] of identities) {
    add('identity', id, {
      identity_type: type,
      display_name,
      available_status: 'AVAILABLE',
      can_push_video: type !== 'CUSTOMIZED_USER',
      can_pull_video: type !== 'CUSTOMIZED_USER',
      ...extra,
    });
  }
  add(
    'identity',
    DEMO_ASSETS.dollarsIdentity,
    {
      identity_type: 'CUSTOMIZED_USER',
      display_name: 'Northwind Coffee US',
      available_status: 'AVAILABLE',
      can_push_video: false,
      can_pull_video: false,
    },
    DEMO_ADVERTISERS.dollars,
  );
  const posts = [
    [DEMO_ASSETS.post, DEMO_ASSETS.tiktokIdentity, 'How we roast'],
    [DEMO_ASSETS.sharedPost, DEMO_ASSETS.postedIdentity, 'My first cup'],
  ] as const;
  for (const [id, identity_id, text] of posts) {
    add(
      'post',
      id,
      {
        identity_id,
        text,
        video_info: { video_id: `v24044gl0000${id.slice(-12)}`, width: 1080, height: 1920, duration: 21.3, format: 'mp4' },
      },
      null,
    );
  }
}

function addAssets(add: Add): void {
  const events = [
    { event_type: 'ON_WEB_ORDER', name: 'Complete payment' },
    { event_type: 'FORM', name: 'Submit form' },
  ];
  const pixel = { pixel_category: 'ONLINE_STORE', pixel_setup_mode: 'DEVELOPER', events };
  add('pixel', DEMO_ASSETS.pixel, { pixel_code: 'CNWDEMOPIXEL00000001', pixel_name: 'Northwind web', ...pixel });
  add(
    'pixel',
    DEMO_ASSETS.dollarsPixel,
    { pixel_code: 'CNWDEMOPIXEL00000002', pixel_name: 'Northwind US web', ...pixel },
    DEMO_ADVERTISERS.dollars,
  );
  const audiences = [
    { name: 'Customers 180 days', audience_type: 'Customer file', cover_num: 18_400, is_valid: true },
    { name: 'Lookalike 1%', audience_type: 'Lookalike', cover_num: 1_240_000, is_valid: true },
    { name: 'Video viewers, still filling', audience_type: 'Engagement', cover_num: 0, is_valid: false },
  ];
  audiences.forEach((audience, n) =>
    add('audience', idOf('7330', n + 1), {
      ...audience,
      is_expiring: false,
      is_creator: true,
      shared: false,
      calculate_type: 'AUTO',
      create_time: '2026-08-02 08:00:00',
    }),
  );
  const questions = ['email', 'name', 'phone_number'];
  add('form', DEMO_ASSETS.form, {
    title: 'Demo lead form',
    status: 'PUBLISHED',
    preview_url: 'https://www.tiktok.example/page/1',
    questions,
  });
  add('form', DEMO_ASSETS.draftForm, {
    title: 'Draft of a form',
    status: 'DRAFT',
    preview_url: 'https://www.tiktok.example/page/2',
    questions,
  });
  add('image', DEMO_ASSETS.image, {
    material_id: '733000000000001',
    file_name: 'demo-cup.png',
    signature: '00000000000000000000000000000001',
    width: 1080,
    height: 1920,
    format: 'png',
    size: 40_000,
    displayable: true,
    is_carousel_usable: true,
  });
  add('video', DEMO_ASSETS.video, {
    material_id: '733000000000001',
    file_name: 'demo-roast.mp4',
    signature: '00000000000000000000000000000002',
    width: 1080,
    height: 1920,
    format: 'mp4',
    size: 900_000,
    duration: 12.5,
    allowed_placements: ['PLACEMENT_TIKTOK'],
  });
}

/** One manual campaign for leads with two ad groups of three ads, and one Smart+ campaign of one ad: all have delivered. */
function addTree(add: Add, next: () => number, figures: InsightBook): void {
  const above = { advertiser_id: DEMO_ADVERTISERS.euros, operation_status: 'ENABLE' };
  const schedule = { schedule_type: 'SCHEDULE_FROM_NOW', schedule_start_time: '2026-08-03 08:00:00' };
  const speaker = { identity_type: 'CUSTOMIZED_USER', identity_id: DEMO_ASSETS.customIdentity };
  const goal = {
    promotion_type: 'LEAD_GENERATION',
    optimization_goal: 'LEAD_GENERATION',
    billing_event: 'OCPM',
    bid_type: 'BID_TYPE_NO_BID',
    pacing: 'PACING_MODE_SMOOTH',
    placement_type: 'PLACEMENT_TYPE_NORMAL',
    placements: ['PLACEMENT_TIKTOK'],
  };
  const campaign = add('campaign', idOf('1830', 1), {
    ...above,
    campaign_name: 'Autumn offer · Leads · FR',
    objective_type: 'LEAD_GENERATION',
    objective: 'LANDING_PAGE',
    budget_mode: 'BUDGET_MODE_INFINITE',
    budget: 0,
    budget_optimize_on: false,
  });
  for (const [n, audience] of ['Broad', 'Lookalike 1%'].entries()) {
    const adgroup = add('adgroup', idOf('1831', n + 1), {
      ...above,
      ...schedule,
      ...goal,
      campaign_id: campaign.id,
      adgroup_name: `${audience} · FR`,
      budget_mode: 'BUDGET_MODE_DAY',
      budget: 40,
      location_ids: [FRANCE],
    });
    for (const [m, concept] of ['Question', 'Unboxing', 'Three reasons'].entries()) {
      const id = idOf('1832', n * 3 + m + 1);
      add('ad', id, {
        ...above,
        ...speaker,
        campaign_id: campaign.id,
        adgroup_id: adgroup.id,
        ad_name: `${concept} · 9x16`,
        ad_format: 'SINGLE_VIDEO',
        video_id: DEMO_ASSETS.video,
        ad_text: concept,
        call_to_action: 'SIGN_UP',
        page_id: DEMO_ASSETS.form,
      });
      figures.deliver(id, 0.3 + next() * 1.7);
    }
  }
  const smart = add(
    'campaign',
    idOf('1830', 2),
    {
      ...above,
      campaign_name: 'Gift sets · Smart+ · FR',
      objective_type: 'WEB_CONVERSIONS',
      sales_destination: 'WEBSITE',
      budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET',
      budget: 80,
      budget_optimize_on: true,
      smart_plus_adgroup_mode: 'MULTIPLE',
    },
    DEMO_ADVERTISERS.euros,
    'smart',
  );
  const smartGroup = add(
    'adgroup',
    idOf('1831', 3),
    {
      ...above,
      ...schedule,
      ...goal,
      promotion_type: 'WEBSITE',
      optimization_goal: 'CONVERT',
      optimization_event: 'ON_WEB_ORDER',
      pixel_id: DEMO_ASSETS.pixel,
      campaign_id: smart.id,
      adgroup_name: 'Everybody · FR',
      budget_mode: 'BUDGET_MODE_INFINITE',
      budget: 0,
      targeting_spec: { location_ids: [FRANCE] },
    },
    DEMO_ADVERTISERS.euros,
    'smart',
  );
  const smartAd = idOf('1833', 1);
  add(
    'ad',
    smartAd,
    {
      ...above,
      campaign_id: smart.id,
      adgroup_id: smartGroup.id,
      ad_name: 'Gift sets',
      creative_list: [
        {
          ad_material_id: idOf('1834', 1),
          material_operation_status: 'ENABLE',
          creative_info: { ad_format: 'SINGLE_VIDEO', video_info: { video_id: DEMO_ASSETS.video }, ...speaker },
        },
      ],
      ad_text_list: [{ ad_text: 'For somebody dear' }],
      call_to_action_list: [{ call_to_action: 'SHOP_NOW' }],
      landing_page_url_list: [{ landing_page_url: 'https://example.com/gifts' }],
      ad_configuration: speaker,
    },
    DEMO_ADVERTISERS.euros,
    'smart',
  );
  figures.deliver(smartAd, 1.4);
}

/** The demo world, the same for one seed: a business center with three advertisers, what they own, and an older tree with figures. */
export function buildDemoWorld(store: TiktokStore, figures: InsightBook, seed: number, withTree: boolean): void {
  const from = Date.parse('2026-08-01T08:00:00Z');
  let made = 0;
  const add: Add = (kind, id, fields, advertiserId = DEMO_ADVERTISERS.euros, family) => {
    made += 1;
    const createdAt = from + made * DAY_MS * 0.01;
    const isLaunched = kind === 'campaign' || kind === 'adgroup' || kind === 'ad';
    return store.add({
      id,
      kind,
      advertiserId,
      family: isLaunched ? (family ?? 'manual') : null,
      fields,
      createdAt,
      updatedAt: createdAt,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  };
  addAdvertisers(add);
  addIdentities(add);
  addAssets(add);
  if (withTree) addTree(add, seededSequence(seed), figures);
}
