import type { InsightBook } from '../core/insight-book.ts';
import { DEMO_ADVERTISERS, DEMO_ASSETS, idOf, type Add } from './demo-ids.ts';

const FRANCE = '3017382';

/** One manual campaign for leads with two ad groups of three ads, and one Smart+ campaign of one ad: all have delivered. */
export function addTree(add: Add, next: () => number, figures: InsightBook): void {
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
