import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import { addToLink, duplicateKeys } from './utm.ts';

/** Whether a landing page does what ads need of it. A check of its own: no other level of validation speaks of it or is changed by it. */

/** What a visit to the page came to; the Worker makes it. */
export interface Visit {
  status: number | null;
  error: 'timeout' | 'redirects' | 'network' | 'no_name' | 'refused_address' | 'not_https' | 'not_visited' | null;
  finalUrl: string;
  language: string | null;
}
export const LINK_FINDINGS = [
  'LINK_NOT_VISITED',
  'LINK_NO_NAME',
  'LINK_PRIVATE',
  'LINK_SLOW',
  'LINK_NO_ANSWER',
  'LINK_REDIRECTS',
  'LINK_TURNED_AWAY',
  'LINK_STATUS',
  'LINK_NOT_HTTPS',
  'LINK_LOST_PARAMETERS',
  'LINK_LANGUAGE',
] as const;
export interface LinkFinding {
  code: (typeof LINK_FINDINGS)[number];
  /** hint = it may be meant so. */
  severity: 'error' | 'warning' | 'hint';
  message: string;
  fix: string;
}

/** What stands for the ids that the platform fills in. */
const SAMPLE = 'inlay-check';

/** The address a click on an ad leads to, the platform's macros filled with a sample; the bare page where a parameter is there already. */
export function sampleLink(url: string, parameters: string, platform: AdPlatformId): string {
  const { pattern } = platformRules(platform).macros;
  const filled = parameters.replaceAll(new RegExp(pattern.source, `${pattern.flags}g`), SAMPLE);
  return filled === '' || duplicateKeys(url, filled).length > 0 ? url : addToLink(url, filled);
}

/** @param language of the ads, "fr" or "fr_FR"; null = it is not said */
export function checkLandingPage(sent: string, visit: Visit, language: string | null): LinkFinding[] {
  const finding = (code: LinkFinding['code'], severity: LinkFinding['severity'], message: string, fix: string): LinkFinding[] => [
    { code, severity, message, fix },
  ];
  switch (visit.error) {
    case 'not_visited':
      return finding('LINK_NOT_VISITED', 'warning', 'This page was not opened: too many were asked for at once.', 'Check again.');
    case 'no_name':
      return finding('LINK_NO_NAME', 'error', 'Nothing has this name on the internet.', 'Correct the address.');
    case 'refused_address':
      return finding('LINK_PRIVATE', 'error', 'The address leads to a place that visitors cannot reach.', 'Use a public https address.');
    case 'not_https':
      return withoutHttps(finding);
    case 'timeout':
      return finding('LINK_SLOW', 'error', 'The page did not answer in time.', 'Open it yourself; make it faster, or check again.');
    case 'network':
      return finding('LINK_NO_ANSWER', 'error', 'The page does not answer.', 'Open it yourself; check again when it is there.');
    case 'redirects':
      return finding('LINK_REDIRECTS', 'error', 'The page leads from one address to the next without an end.', 'Link to its last address.');
    case null:
      break;
  }
  const { status } = visit;
  if (status === 401 || status === 403 || status === 429)
    return finding(
      'LINK_TURNED_AWAY',
      'warning',
      `The page turned our visit away (${status}); some pages do so with every machine.`,
      'Open it in a browser that is signed in nowhere.',
    );
  if (status !== 200)
    return finding('LINK_STATUS', 'error', `The page answers ${status} and not 200.`, 'Correct the address, or the page.');
  return [
    ...(new URL(visit.finalUrl).protocol === 'https:' ? [] : withoutHttps(finding)),
    ...lostParameters(sent, visit.finalUrl, finding),
    ...otherLanguage(language, visit.language, finding),
  ];
}

type Make = (code: LinkFinding['code'], severity: LinkFinding['severity'], message: string, fix: string) => LinkFinding[];

const withoutHttps = (finding: Make): LinkFinding[] =>
  finding('LINK_NOT_HTTPS', 'error', 'The page ends at an address without https.', 'Link to an https address.');

function lostParameters(sent: string, finalUrl: string, finding: Make): LinkFinding[] {
  const kept = new URL(finalUrl).searchParams;
  const lost = [...new URL(sent).searchParams].flatMap(([key, value]) => (kept.get(key) === value ? [] : [key]));
  return lost.length === 0
    ? []
    : finding(
        'LINK_LOST_PARAMETERS',
        'warning',
        `A redirect loses ${lost.join(', ')}, so that clicks cannot be matched.`,
        `Link to ${new URL(finalUrl).host} directly, or keep the parameters in the redirect.`,
      );
}

function otherLanguage(ofAds: string | null, ofPage: string | null, finding: Make): LinkFinding[] {
  const [ads, page] = [ofAds, ofPage].map((one) => one?.toLowerCase().split(/[-_]/)[0] ?? null);
  return ads === null || page === null || ads === page
    ? []
    : finding(
        'LINK_LANGUAGE',
        'hint',
        `The page says it is in "${page}", the ads are in "${ads}".`,
        'Link to the page in the language of the ads, if there is one.',
      );
}
