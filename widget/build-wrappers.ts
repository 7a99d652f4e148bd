import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, HOST_STYLE, type BuiltWidget } from './build-widget.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
/** The origins written in the sources; the built folders carry the real ones. */
const SOURCE_ORIGIN = 'https://api.inlay.test';
const SOURCE_APP_ORIGIN = 'https://app.inlay.test';

/** A theme app extension for the Shopify CLI: our blocks and locales with the built scripts as assets. */
export async function buildShopifyExtension(widgetDir: string, built: BuiltWidget, apiOrigin: string, outDir: string): Promise<void> {
  await copyFolder(path.join(HERE, 'shopify-theme-extension'), outDir);
  await mkdir(path.join(outDir, 'assets'), { recursive: true });
  for (const file of [built.loader, built.chunks['affiliate-stats'], built.clickCarrier])
    await cp(path.join(widgetDir, file), path.join(outDir, 'assets', file));
  await cp(HOST_STYLE, path.join(outDir, 'assets/inlay-block.css'));
  await setOrigin(path.join(outDir, 'blocks/affiliate-stats.liquid'), apiOrigin);
}

/** A project for the HubSpot CLI: the card as one file, since HubSpot uploads only this folder and the words live outside of it. */
export async function buildHubspotApp({ apiOrigin, appOrigin }: { apiOrigin: string; appOrigin: string }, outDir: string): Promise<void> {
  const app = path.join(HERE, 'hubspot-app');
  const cards = path.join(outDir, 'src/app/cards');
  await rm(outDir, { recursive: true, force: true });
  await mkdir(cards, { recursive: true });
  for (const file of [
    'hsproject.json',
    'src/app/app-hsmeta.json',
    'src/app/cards/package.json',
    'src/app/cards/lead-roas-card-hsmeta.json',
  ]) {
    await cp(path.join(app, file), path.join(outDir, file));
  }
  const card = await bundle('hubspot-app/src/app/cards/lead-roas-card.tsx', 'es', {}, false, ['react', /^@hubspot\//]);
  await writeFile(path.join(cards, 'lead-roas-card.tsx'), `// @ts-nocheck: built from Inlay's sources\n${card}`);
  for (const file of ['src/app/app-hsmeta.json', 'src/app/cards/lead-roas-card.tsx']) await setOrigin(path.join(outDir, file), apiOrigin);
  const meta = path.join(outDir, 'src/app/app-hsmeta.json');
  await setOrigin(meta, appOrigin, SOURCE_APP_ORIGIN);
  await nameAddressesOnce(meta);
}

/** API and web app may share an origin; then they share their redirect address, too. */
async function nameAddressesOnce(meta: string): Promise<void> {
  const app = JSON.parse(await readFile(meta, 'utf8')) as { config: { auth: { redirectUrls: string[] } } };
  app.config.auth.redirectUrls = [...new Set(app.config.auth.redirectUrls)];
  await writeFile(meta, `${JSON.stringify(app, null, 2)}\n`);
}

async function copyFolder(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true });
  await cp(from, to, { recursive: true });
}

async function setOrigin(file: string, origin: string, source = SOURCE_ORIGIN): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (!text.includes(source)) throw new Error(`${file} does not name ${source}`);
  await writeFile(file, text.replaceAll(source, origin));
}
