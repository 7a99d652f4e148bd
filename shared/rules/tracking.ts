/** Query parameters that say where a visitor came from and change nothing about the page: campaign tags and the click ids of ad platforms. */
const TRACKING =
  /^(?:utm_.*|mtm_.*|pk_.*|hsa_.*|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|gad_source|gad_campaignid|msclkid|ttclid|twclid|li_fat_id|sccid|scclid|epik|igshid|igsh|mc_cid|mc_eid|_ga|_gl|_hsenc|_hsmi|yclid|inlay)$/i;

/**
 * Where a link leads, in one spelling: host in lower case, no default port, no closing slash, tracking parameters gone and the others in
 * order. What cannot be read as a link stays as it is.
 */
export function linkWithoutTracking(link: string): string {
  if (!URL.canParse(link)) return link.trim();
  const url = new URL(link);
  const kept = [...url.searchParams].filter(([key]) => !TRACKING.test(key)).toSorted(compare);
  const query = kept.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`).join('&');
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.protocol}//${url.host}${path}${query === '' ? '' : `?${query}`}${url.hash}`;
}

const compare = ([a, x]: [string, string], [b, y]: [string, string]): number =>
  a < b || (a === b && x < y) ? -1 : a === b && x === y ? 0 : 1;
