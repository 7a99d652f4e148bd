import type { Params } from './params.ts';
import { CODES, refuse, TiktokError } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** Endpoints that the platform closed, with the day: the single-call Smart+ create [T], its updates three months later [T]. */
export const CLOSED_ENDPOINTS = new Set(['campaign/spc/create/', 'campaign/spc/update/']);

/** Objectives of older versions; the enums still name some of them. */
const OLD_OBJECTIVES = new Set(['APP_INSTALL', 'CATALOG_SALES', 'CONVERSIONS', 'SHOP_PURCHASES']);

/** Objectives whose manual creation is said to end [T, two pages]; Smart+ stays. */
const ENDING = new Set(['APP_PROMOTION', 'LEAD_GENERATION', 'PRODUCT_SALES', 'WEB_CONVERSIONS']);
export const MANUAL_ENDS_AT = Date.parse('2027-01-01T00:00:00Z');

export function refuseClosedEndpoint(path: string): void {
  if (CLOSED_ENDPOINTS.has(path))
    throw new TiktokError(CODES.notImplemented, 'This endpoint is no longer available. Use the Upgraded Smart+ endpoints.');
}

export function refuseOldObjective(params: Params): void {
  const objective = String(params['objective_type'] ?? '');
  refuse(OLD_OBJECTIVES.has(objective), `objective_type: ${objective} is no longer supported.`);
}

/** Campaign, ad group and ad alike: nothing new under a manual campaign of these objectives. */
export function refuseEndedManual(world: TiktokWorld, objective: string): void {
  refuse(
    ENDING.has(objective) && world.core.now() >= world.settings.manualEndsAt,
    `Manual ${objective} campaigns can no longer be created. Use Smart+.`,
  );
}
