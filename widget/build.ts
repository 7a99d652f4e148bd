import { cp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWidget } from './build-widget.ts';

/**
 * `node --import tsx widget/build.ts [--test]`: dist/widget for our CDN, and dist/shopify-theme-extension ready for the Shopify CLI.
 * INLAY_API_ORIGIN names the API the elements call by default. --test opens the shadow roots.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const apiOrigin = process.env['INLAY_API_ORIGIN'] ?? 'https://api.inlay.test';
const outDir = path.join(root, 'dist/widget');
const extension = path.join(root, 'dist/shopify-theme-extension');

const built = await buildWidget({ outDir, apiOrigin, openRoots: process.argv.includes('--test') });
await cp(path.join(root, 'widget/host-style.css'), path.join(outDir, 'host-style.css'));
await cp(path.join(root, 'widget/shopify-theme-extension'), extension, { recursive: true });
for (const file of [built.loader, built.chunks['affiliate-stats']]) await cp(path.join(outDir, file), path.join(extension, 'assets', file));
await cp(path.join(outDir, 'host-style.css'), path.join(extension, 'assets/inlay-block.css'));

console.log(JSON.stringify(built));
