import { html } from '../../https/page.ts';
import { clientScript } from '../client-script.ts';
import type { AdsSource, DayRange, Level } from './ads-source.ts';
import { managerRows } from './rows.ts';

const LEVELS: Record<string, Level> = { campaigns: 'campaign', adsets: 'adset', ads: 'ad' };
const RTL = /^(ar|he|fa|ur)/;

/** As strict as a page of this kind plausibly is: no inline script or style, no outside host, no HTML strings. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/** adsmanager.facebook.com: the page under /adsmanager/manage/{level}, its modules and its own JSON. Undefined = not ours. */
export async function adsManagerRoute(source: AdsSource, url: URL): Promise<Response | undefined> {
  const [, area, part, name = ''] = url.pathname.split('/');
  if (area === '' || area === undefined) return redirect('/adsmanager/manage/campaigns');
  if (area !== 'adsmanager') return undefined;
  if (part === undefined || part === '') return redirect('/adsmanager/manage/campaigns');
  if (part === 'static' && name === 'page.css')
    return new Response(':root{color-scheme:light dark}body{margin:0}', { headers: { 'content-type': 'text/css' } });
  if (part === 'static') return clientScript(url.pathname.split('/').slice(3).join('/'));
  if (part === 'data') return rowsAnswer(source, url);
  if (part !== 'manage') return undefined;
  return LEVELS[name] === undefined ? redirect('../manage/campaigns') : managerPage(url);
}

const redirect = (location: string): Response => new Response(null, { status: 302, headers: { location } });

function managerPage(url: URL): Response {
  const locale = (url.searchParams.get('locale') ?? 'en_US').replace('_', '-');
  const lang = /^[a-z]{2}(-[A-Z]{2})?$/.test(locale) ? locale : 'en-US';
  const dir = RTL.test(lang) ? 'rtl' : 'ltr';
  // Addresses are relative so that the same page works under the real name and under the sandbox's plain port.
  return html(
    `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><title>Ads Manager</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="../static/page.css"><script type="module" src="../static/ads-manager/client/main.ts"></script></head>
<body><div id="mount_0"></div></body></html>`,
    200,
    { 'content-security-policy': CSP, 'x-frame-options': 'DENY' },
  );
}

async function rowsAnswer(source: AdsSource, url: URL): Promise<Response> {
  const query = url.searchParams;
  const accountId = (query.get('act') ?? '').replace(/^act_/, '');
  const account = source.account(accountId);
  const level = LEVELS[query.get('level') ?? ''];
  if (!account || !level) return Response.json({ account: null, accounts: source.accounts(), rows: [] });
  const ids = (name: string): string[] => (query.get(name) ?? '').split(',').filter(Boolean);
  const rows = managerRows(source, {
    level,
    accountId,
    campaignIds: ids('campaigns'),
    adsetIds: ids('adsets'),
    range: readRange(query.get('date')),
  });
  return Response.json({ account, accounts: source.accounts(), rows });
}

/** "2026-11-01_2026-11-20" from the page's own address; anything else means the whole history. */
function readRange(text: string | null): DayRange | null {
  const [, since, until] = /^(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})/.exec(text ?? '') ?? [];
  return since === undefined || until === undefined ? null : { since, until };
}
