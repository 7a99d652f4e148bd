import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import { fillTokens, type NameTemplate, type NameValues, parseTemplate } from './names.ts';

/**
 * Parameters an ad adds to its link. Values may mix name tokens ({concept}) and the platform's own macros ({{ad.id}}), which the
 * platform fills when the ad is served. Source: launching guide §5.
 */
export interface UtmFinding {
  code: 'UNKNOWN_MACRO' | 'UNKNOWN_TOKEN' | 'DUPLICATE_KEY' | 'BAD_KEY' | 'NO_IDS';
  severity: 'error' | 'warning';
  key: string;
  value: string;
}

const LOWER_CASE_KEYS = ['utm_source', 'utm_medium'];

/** Faults of a UTM template, before anything is filled in. */
export function checkUtm(utm: Readonly<Record<string, string>>, platform: AdPlatformId): UtmFinding[] {
  const { known, adId, standAlone = false } = platformRules(platform).macros;
  const findings: UtmFinding[] = [];
  const seen = new Set<string>();
  for (const [key, value] of Object.entries(utm)) {
    const say = (code: UtmFinding['code'], severity: UtmFinding['severity'], what: string) =>
      findings.push({ code, severity, key, value: what });
    if (!/^[A-Za-z0-9_.-]+$/.test(key)) say('BAD_KEY', 'error', key);
    if (seen.has(key.toLowerCase())) say('DUPLICATE_KEY', 'error', key);
    seen.add(key.toLowerCase());
    const pieces = piecesOf(value, platform);
    for (const { text, isMacro } of pieces) {
      if (isMacro) {
        if (!known.includes(text) || (standAlone && pieces.length > 1)) say('UNKNOWN_MACRO', 'error', text);
      } else for (const unknown of parseTemplate(text).unknown) say('UNKNOWN_TOKEN', 'error', unknown);
    }
  }
  if (Object.keys(utm).length > 0 && !Object.values(utm).some((value) => value.includes(adId))) {
    findings.push({ code: 'NO_IDS', severity: 'warning', key: '', value: adId });
  }
  return findings;
}

export type UtmTemplate = { key: string; pieces: ({ macro: string } | { template: NameTemplate })[] }[];

/** Prepares a template once for many ads; unknown tokens become empty (checkUtm reports them). */
export function parseUtm(utm: Readonly<Record<string, string>>, platform: AdPlatformId): UtmTemplate {
  return Object.entries(utm)
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, value]) => ({
      key,
      pieces: piecesOf(value, platform).map(({ text, isMacro }) =>
        isMacro ? { macro: text } : { template: { ...parseTemplate(text), unknown: [] } },
      ),
    }));
}

/** The query string without "?": keys in order, values percent-encoded, macros left as the platform wants them. Empty values are left out. */
export function fillUtm(template: UtmTemplate, values: NameValues): string {
  const pairs: string[] = [];
  for (const { key, pieces } of template) {
    const value = pieces.map((piece) => ('macro' in piece ? piece.macro : encode(key, fillTokens(piece.template, values)))).join('');
    if (value !== '') pairs.push(`${key}=${value}`);
  }
  return pairs.join('&');
}

/** A filled query string cut in two: what a link itself carries, and what the platform fills in, key → macro. */
export function partUtm(queryString: string, platform: AdPlatformId): { fixed: string; macros: Record<string, string> } {
  const { pattern } = platformRules(platform).macros;
  const pairs = queryString.split('&').filter((pair) => pair !== '');
  const isMacro = (pair: string): boolean => pattern.test(pair);
  return {
    fixed: pairs.filter((pair) => !isMacro(pair)).join('&'),
    macros: Object.fromEntries(pairs.filter(isMacro).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
  };
}

/** Keys that a link already carries and the template would give again; such a link is refused. */
export function duplicateKeys(link: string, queryString: string): string[] {
  const mine = new Set(keysOf(queryString));
  return [...new Set(keysOf(splitLink(link).query).filter((key) => mine.has(key)))];
}

/** The same for a template that is not filled in yet. */
export function addsTwice(link: string, utm: Readonly<Record<string, string>>): string[] {
  return duplicateKeys(
    link,
    Object.keys(utm)
      .map((key) => `${key}=`)
      .join('&'),
  );
}

/**
 * A link with parameters added: existing query and fragment stay as they are, macros are not encoded.
 * @throws RangeError when a key would be given twice
 */
export function addToLink(link: string, queryString: string): string {
  const twice = duplicateKeys(link, queryString);
  if (twice.length > 0) throw new RangeError(`the link already carries ${twice.join(', ')}`);
  const { base, query, fragment } = splitLink(link);
  const joined = [query, queryString].filter((part) => part !== '').join('&');
  return `${base}${joined === '' ? '' : `?${joined}`}${fragment}`;
}

export type LinkFault = 'BAD_URL' | 'NOT_HTTPS' | 'CREDENTIALS_IN_URL' | 'BAD_HOST';

/** What is wrong with a landing page address as text, or null. The page itself is not opened. */
export function linkFault(link: string): LinkFault | null {
  if (/\s/.test(link) || !URL.canParse(link)) return 'BAD_URL';
  const url = new URL(link);
  if (url.protocol !== 'https:') return url.protocol === 'http:' ? 'NOT_HTTPS' : 'BAD_URL';
  if (url.username !== '' || url.password !== '') return 'CREDENTIALS_IN_URL';
  return /^[^.].*\.[^.]{2,}$/.test(url.hostname) && !/^[\d.]+$/.test(url.hostname) ? null : 'BAD_HOST';
}

/** A value cut into the platform's macros and what lies between them. */
function piecesOf(value: string, platform: AdPlatformId): { text: string; isMacro: boolean }[] {
  // Split by a captured pattern: every second piece is a match.
  return value
    .split(new RegExp(`(${platformRules(platform).macros.pattern.source})`))
    .map((text, i) => ({ text, isMacro: i % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

function encode(key: string, value: string): string {
  return encodeURIComponent(LOWER_CASE_KEYS.includes(key) ? value.toLowerCase() : value);
}

function splitLink(link: string): { base: string; query: string; fragment: string } {
  const [, base = '', , query = '', fragment = ''] = /^([^?#]*)(\?([^#]*))?(#.*)?$/s.exec(link) ?? [];
  return { base, query, fragment };
}

function keysOf(query: string): string[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.split('=')[0] as string).toLowerCase());
}
