import { GraphError } from './graph-error.ts';
import type { Json, Params } from './params.ts';
import { refuse } from './params.ts';

/** Parameters that v26 removed; the removal applies to every version since 27 Oct 2026. */
const REMOVED_PARAMETERS = ['pretty', 'debug', 'date_format'] as const;

const REFUSED_WINDOWS = /^(7d|28d)_view(_all_conversions|_first_conversion)?$/;
const REFUSED_BREAKDOWNS = new Set(['impression_device', 'hourly_stats_aggregated_by_audience_time_zone', 'frequency_value']);

export function refuseRemovedParameters(params: Params): void {
  for (const name of REMOVED_PARAMETERS) {
    if (params[name] !== undefined) throw new GraphError({ message: `(#100) Parameter ${name} is no longer supported.`, code: 100 });
  }
}

export function refuseOldCampaignTypes(params: Params): void {
  const type = params['smart_promotion_type'];
  refuse(
    type === 'SMART_APP_PROMOTION' || type === 'AUTOMATED_SHOPPING_ADS',
    'Advantage+ shopping and app campaigns can no longer be created by their old type.',
    3858504,
  );
  refuse(
    typeof params['objective'] === 'string' && !params['objective'].startsWith('OUTCOME_'),
    'This objective is no longer available for new campaigns. Use one that begins with OUTCOME_.',
    1815199,
  );
}

export function refuseOldPlacements(targeting: Json): void {
  const has = (name: string, value: string): boolean => {
    const chosen = targeting[name];
    return Array.isArray(chosen) && chosen.includes(value);
  };
  refuse(has('messenger_positions', 'story'), 'The Messenger stories placement is no longer available.', 1815705);
  refuse(
    has('instagram_positions', 'explore') || has('instagram_positions', 'explore_home'),
    'The Instagram explore placements are no longer available.',
    1815705,
  );
}

export function refuseOldReports(windows: readonly unknown[], breakdowns: readonly unknown[]): void {
  for (const window of windows) {
    refuse(REFUSED_WINDOWS.test(String(window)), `The attribution window ${String(window)} is no longer available.`);
  }
  for (const breakdown of breakdowns) {
    refuse(REFUSED_BREAKDOWNS.has(String(breakdown)), `The breakdown ${String(breakdown)} needs an opt-in.`);
  }
}
