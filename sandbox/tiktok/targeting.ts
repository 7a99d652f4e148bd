import { AGE_GROUPS, GENDERS } from './enums.ts';
import { oneOf, texts, type Params } from './params.ts';
import { missingField, parameterError, refuse } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** Countries of the imitation: ids of places as the platform writes them [K: numbers of GeoNames]. */
export const COUNTRIES = [
  { location_id: '6252001', name: 'United States', region_code: 'US' },
  { location_id: '2635167', name: 'United Kingdom', region_code: 'GB' },
  { location_id: '3017382', name: 'France', region_code: 'FR' },
  { location_id: '2921044', name: 'Germany', region_code: 'DE' },
  { location_id: '2510769', name: 'Spain', region_code: 'ES' },
  { location_id: '3175395', name: 'Italy', region_code: 'IT' },
  { location_id: '2750405', name: 'Netherlands', region_code: 'NL' },
  { location_id: '6251999', name: 'Canada', region_code: 'CA' },
] as const;

/** What every targeting holds, manual (fields of the ad group) and Smart+ (`targeting_spec`) alike. */
export const TARGETING_FIELDS = [
  'actions',
  'age_groups',
  'audience_ids',
  'blocked_pangle_app_ids',
  'carrier_ids',
  'device_model_ids',
  'device_price_ranges',
  'excluded_audience_ids',
  'gender',
  'household_income',
  'interest_category_ids',
  'interest_keyword_ids',
  'isp_ids',
  'languages',
  'location_ids',
  'min_android_version',
  'min_ios_version',
  'network_types',
  'operating_systems',
  'purchase_intention_keyword_ids',
  'saved_audience_id',
  'smart_audience_enabled',
  'smart_interest_behavior_enabled',
  'spc_audience_age',
  'spending_power',
  'zipcode_ids',
] as const;

export function checkTargeting(world: TiktokWorld, advertiserId: string, targeting: Params, prefix = ''): void {
  const places = texts(targeting, 'location_ids');
  if ((places ?? []).length === 0 && (texts(targeting, 'zipcode_ids') ?? []).length === 0) throw missingField(`${prefix}location_ids`);
  for (const place of places ?? []) {
    refuse(!/^\d{4,}$/.test(place), `${prefix}location_ids: ${place} is not a place.`);
  }
  for (const age of texts(targeting, 'age_groups') ?? []) {
    refuse(!AGE_GROUPS.has(age), `${prefix}age_groups: ${age} is not one of them.`);
  }
  oneOf(targeting, 'gender', GENDERS);
  for (const name of ['audience_ids', 'excluded_audience_ids']) {
    for (const id of texts(targeting, name) ?? []) {
      const audience = world.store.find('audience', id);
      if (audience === undefined || audience.advertiserId !== advertiserId) {
        throw parameterError(`${prefix}${name}: The audience ${id} does not exist.`);
      }
      refuse(audience.fields['is_valid'] !== true, `${prefix}${name}: The audience ${id} cannot be used now.`);
    }
  }
}
