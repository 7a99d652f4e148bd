import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { buildWidget } from '../../widget/build-widget.ts';
import { startFixtureHosts } from '../../widget/testing/fixture-hosts.ts';
import { launchChromium } from '../../widget/testing/launch-chromium.ts';
import { longLeadSample, longStatsSample, unmatchedSample } from '../../widget/testing/samples.ts';

/** `node --import tsx bench/widget/shots.ts DIR`: both elements in three languages, light and dark, narrow and wide, to be looked at. */
const folder = path.resolve(process.argv[2] ?? '.local/widget-shots');
const widgetDir = path.resolve('.local/widget-bench');
await mkdir(folder, { recursive: true });
await buildWidget({ outDir: widgetDir, apiOrigin: 'http://api.localhost', openRoots: true });
const hosts = await startFixtureHosts(widgetDir);
const browser = await launchChromium();
for (const scheme of ['light', 'dark'] as const) {
  const page = await browser.newPage({ colorScheme: scheme, reducedMotion: 'reduce', viewport: { width: 700, height: 460 } });
  const shoot = async (element: 'inlay-lead-roas' | 'inlay-affiliate-stats', name: string, query: Record<string, string>, open = false) => {
    await page.goto(hosts.page(element, {}, query));
    await page.locator(`${element} .card:not(.bones)`).waitFor();
    if (open) await page.locator('summary').click();
    const box = await page.locator(`${element} .card`).boundingBox();
    console.log(name, scheme, Math.round(box?.height ?? 0));
    await page.locator(element).screenshot({ path: path.join(folder, `${name}-${scheme}.png`), animations: 'disabled' });
  };
  for (const lang of ['en', 'fr', 'ar']) {
    for (const width of ['w320', 'w640']) {
      await shoot('inlay-lead-roas', `lead-${lang}-${width}`, { lang, class: width });
      await shoot('inlay-affiliate-stats', `stats-${lang}-${width}`, { lang, class: width });
    }
  }
  const { lead, stats } = hosts.state;
  await shoot('inlay-lead-roas', 'lead-open', { lang: 'en', class: 'w640' }, true);
  await shoot('inlay-lead-roas', 'lead-open-ar', { lang: 'ar', class: 'w320' }, true);
  Object.assign(hosts.state, { lead: longLeadSample, stats: longStatsSample });
  for (const lang of ['en', 'fr', 'ar']) {
    for (const width of ['w320', 'w640']) {
      await shoot('inlay-lead-roas', `long-lead-${lang}-${width}`, { lang, class: width });
      await shoot('inlay-affiliate-stats', `long-stats-${lang}-${width}`, { lang, class: width });
    }
  }
  Object.assign(hosts.state, { lead, stats });
  hosts.state.lead = unmatchedSample;
  await shoot('inlay-lead-roas', 'lead-unmatched', { lang: 'en', class: 'w640' });
  hosts.state.proxy = { signIn: true };
  await shoot('inlay-affiliate-stats', 'stats-sign-in', { lang: 'en', class: 'w640' });
  hosts.state.proxy = null;
  hosts.state.stats = {
    ...(stats as object),
    netSalesMinor: null,
    commissionMinor: null,
    pendingMinor: null,
    nullReason: 'currency_differs',
  };
  await shoot('inlay-affiliate-stats', 'stats-unknown', { lang: 'en', class: 'w640' });
  hosts.state.api = 'down';
  await shoot('inlay-lead-roas', 'lead-down', { lang: 'en', class: 'w640' });
  Object.assign(hosts.state, { api: 'up', lead, stats });
  await page.close();
}
await browser.close();
await hosts.close();
