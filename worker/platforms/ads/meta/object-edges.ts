import type { ObjectKind } from '../ad-platform.ts';

/** Where each kind is made and listed, and the fields a read-back asks for: every field we set, and who it is. */
export const EDGES: Record<ObjectKind, { edge: string; byLabels: string; fields: string }> = {
  campaign: {
    edge: 'campaigns',
    byLabels: 'campaignsbylabels',
    fields:
      'id,name,status,effective_status,created_time,adlabels,objective,special_ad_categories,daily_budget,bid_strategy,is_adset_budget_sharing_enabled',
  },
  ad_set: {
    edge: 'adsets',
    byLabels: 'adsetsbylabels',
    fields:
      'id,name,status,effective_status,created_time,adlabels,campaign_id,billing_event,optimization_goal,targeting,daily_budget,bid_strategy,start_time,promoted_object,destination_type,dsa_beneficiary,dsa_payor',
  },
  creative: {
    edge: 'adcreatives',
    byLabels: 'adcreativesbylabels',
    fields: 'id,name,status,adlabels,object_story_spec,url_tags,degrees_of_freedom_spec',
  },
  ad: {
    edge: 'ads',
    byLabels: 'adsbylabels',
    fields: 'id,name,status,effective_status,created_time,adlabels,adset_id,campaign_id,creative',
  },
};
