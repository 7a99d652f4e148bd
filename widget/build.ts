import { cp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget, HOST_STYLE } from './build-widget.ts';
import { buildHubspotApp, buildShopifyExtension } from './build-wrappers.ts';

/**
 * `node --import tsx widget/build.ts [--test]`: dist/widget for the Worker's static files, dist/shopify-theme-extension for the Shopify CLI and
 * dist/hubspot-app for the HubSpot CLI. INLAY_API_ORIGIN names the API they call, INLAY_APP_ORIGIN the web app where people sign in. --test opens the shadow roots.
 */
const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../dist');
const apiOrigin = process.env['INLAY_API_ORIGIN'] ?? 'https://api.inlay.test';
const appOrigin = process.env['INLAY_APP_ORIGIN'] ?? 'https://app.inlay.test';
const outDir = path.join(dist, 'widget');

const built = await buildWidget({ outDir, apiOrigin, openRoots: process.argv.includes('--test') });
await cp(HOST_STYLE, path.join(outDir, path.basename(HOST_STYLE)));
await buildShopifyExtension(outDir, built, apiOrigin, path.join(dist, 'shopify-theme-extension'));
await buildHubspotApp({ apiOrigin, appOrigin }, path.join(dist, 'hubspot-app'));

console.log(JSON.stringify(built));
