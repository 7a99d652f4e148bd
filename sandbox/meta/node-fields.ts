import type { NodeKind } from './store.ts';

/** The platform's own names for the node types, as used in its errors and its published spec. */
export const NODE_TYPE: Record<NodeKind, string> = {
  account: 'AdAccount',
  ad: 'Ad',
  adset: 'AdSet',
  campaign: 'Campaign',
  creative: 'AdCreative',
  form: 'LeadgenForm',
  image: 'AdImage',
  label: 'AdLabel',
  lead: 'Lead',
  page: 'Page',
  report: 'AdReportRun',
  user: 'User',
  video: 'AdVideo',
};

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Fields that may be asked for. A known field without a value is left out of the answer; an unknown one is an error. */
export const NODE_FIELDS: Record<NodeKind, ReadonlySet<string>> = {
  account: words(`account_id account_status age amount_spent balance business business_name business_country_code capabilities created_time
    currency default_dsa_beneficiary default_dsa_payor disable_reason funding_source id is_prepay_account min_daily_budget name owner
    spend_cap timezone_id timezone_name timezone_offset_hours_utc user_tasks`),
  campaign: words(`account_id adlabels bid_strategy budget_remaining buying_type configured_status created_time daily_budget
    effective_status id is_adset_budget_sharing_enabled issues_info lifetime_budget name objective pacing_type promoted_object
    recommendations smart_promotion_type source_campaign_id special_ad_categories special_ad_category special_ad_category_country
    spend_cap start_time status stop_time updated_time adsets ads insights`),
  adset: words(`account_id adlabels attribution_spec bid_amount bid_strategy billing_event budget_remaining campaign campaign_id
    configured_status created_time daily_budget destination_type dsa_beneficiary dsa_payor effective_status end_time id
    is_dynamic_creative issues_info learning_stage_info lifetime_budget name optimization_goal pacing_type promoted_object
    recommendations source_adset_id start_time status targeting updated_time ads insights`),
  ad: words(`account_id ad_active_time ad_review_feedback adlabels adset adset_id bid_amount campaign campaign_id configured_status
    conversion_domain conversion_specs created_time creative effective_status failed_delivery_checks id issues_info
    last_updated_by_app_id name preview_shareable_link recommendations source_ad_id status targeting tracking_specs updated_time
    adcreatives insights leads`),
  creative: words(`account_id actor_id adlabels asset_feed_spec body call_to_action_type degrees_of_freedom_spec
    effective_object_story_id id image_hash image_url instagram_user_id link_url name object_story_id object_story_spec object_type
    status thumbnail_url title url_tags video_id`),
  image: words(
    'account_id created_time hash height id name original_height original_width permalink_url status updated_time url url_128 width',
  ),
  video: words(
    'created_time description embeddable format id length permalink_url picture published source status title updated_time thumbnails',
  ),
  label: words('account created_time id name updated_time'),
  page: words('access_token category id is_published link name tasks leadgen_tos_accepted'),
  form: words(`allow_organic_lead created_time expired_leads_count follow_up_action_url id leads_count locale name organic_leads_count page
    page_id questions status tracking_parameters`),
  lead: words(`ad_id ad_name adset_id adset_name campaign_id campaign_name created_time custom_disclaimer_responses field_data form_id id
    is_organic platform`),
  report: words(`account_id async_percent_completion async_status date_start date_stop error_code error_message error_subcode
    error_user_msg error_user_title id is_running time_completed time_ref`),
  user: words('id name first_name last_name email'),
};

/** What a read without `fields` answers. */
export const DEFAULT_FIELDS: Record<NodeKind, readonly string[]> = {
  account: ['id', 'account_id'],
  campaign: ['id'],
  adset: ['id'],
  ad: ['id'],
  creative: ['id'],
  image: ['id'],
  video: ['id', 'updated_time'],
  label: ['id', 'name'],
  page: ['id', 'name', 'access_token', 'category', 'tasks'],
  form: ['id', 'name', 'status', 'locale'],
  lead: ['id', 'created_time', 'field_data'],
  report: ['id', 'account_id', 'async_status', 'async_percent_completion', 'date_start', 'date_stop', 'time_ref'],
  user: ['id', 'name'],
};
