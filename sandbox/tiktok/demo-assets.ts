import { DEMO_ADVERTISERS, DEMO_ASSETS, idOf, type Add } from './demo-ids.ts';

/** A business center with three advertisers: two that work, in different currencies and timezones, and a disabled one. */
export function addAdvertisers(add: Add): void {
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

/** One identity of each type, and a post for each of those that may show one. */
export function addIdentities(add: Add): void {
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

/** Pixels, audiences, forms, a picture and a video. */
export function addAssets(add: Add): void {
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
