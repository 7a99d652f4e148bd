/** The one place that names the dated API version. */
export const HUBSPOT_VERSION = '2026-09';
/** The token endpoint has a date of its own. */
export const HUBSPOT_OAUTH_VERSION = '2026-03';
export const HUBSPOT_API = 'https://api.hubapi.com';
