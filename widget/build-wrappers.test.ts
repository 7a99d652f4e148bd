import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { buildWidget, type BuiltWidget } from './build-widget.ts';
import { buildHubspotApp, buildShopifyExtension } from './build-wrappers.ts';
import { leadSample } from './testing/samples.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const API = 'https://api.example.com';
const APP = 'https://app.example.com';
let out: string;
let built: BuiltWidget;
const read = (...parts: string[]) => readFile(path.join(out, ...parts), 'utf8');

beforeAll(async () => {
  out = await mkdtemp(path.join(tmpdir(), 'inlay-wrappers-'));
  built = await buildWidget({ outDir: path.join(out, 'widget'), apiOrigin: API, openRoots: false });
  await buildShopifyExtension(path.join(out, 'widget'), built, API, path.join(out, 'shopify'));
  await buildHubspotApp({ apiOrigin: API, appOrigin: APP }, path.join(out, 'hubspot'));
});
afterAll(() => rm(out, { recursive: true, force: true }));

/** The part of Shopify's block schema that we use. */
const blockSchema = z.strictObject({
  name: z.string(),
  target: z.enum(['section', 'body', 'head']),
  javascript: z.string(),
  stylesheet: z.string().optional(),
  settings: z.array(
    z.union([
      z.strictObject({ type: z.literal('paragraph'), content: z.string() }),
      z.strictObject({
        type: z.literal('select'),
        id: z.string(),
        label: z.string(),
        info: z.string(),
        default: z.string(),
        options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
      }),
    ]),
  ),
});
const schemaOf = (liquid: string) => blockSchema.parse(JSON.parse(/\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(liquid)?.[1] ?? ''));
const texts = (value: unknown): string[] => (typeof value === 'string' ? [value] : Object.values(value as object).flatMap(texts));

test.each(['affiliate-stats', 'creator-links'])('block %s names assets that exist and texts in every language', async (block) => {
  const liquid = await read('shopify/blocks', `${block}.liquid`);
  const schema = schemaOf(liquid);
  const assets = await readdir(path.join(out, 'shopify/assets'));
  expect(assets).toContain(schema.javascript);
  if (schema.stylesheet !== undefined) expect(assets).toContain(schema.stylesheet);
  for (const locale of ['en.default', 'fr', 'ar']) {
    const words = JSON.parse(await read('shopify/locales', `${locale}.schema.json`)) as Record<string, unknown>;
    for (const key of texts(schema).filter((text) => text.startsWith('t:'))) {
      const said = key
        .slice(2)
        .split('.')
        .reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], words);
      expect(typeof said, `${locale} ${key}`).toBe('string');
    }
  }
  // Tags that Shopify refuses in app blocks.
  expect(liquid).not.toMatch(/\{%-?\s*(javascript|stylesheet|include|layout|sections?)\b/);
  for (const [, inner] of liquid.matchAll(/="\{\{([^}]*)\}\}/g)) expect(inner).toMatch(/\| escape/);
});

test('the block reserves the height with the documented host style and calls the built API', async () => {
  expect(await read('shopify/assets/inlay-block.css')).toBe(await readFile(path.join(HERE, 'host-style.css'), 'utf8'));
  const block = await read('shopify/blocks/affiliate-stats.liquid');
  expect(block).toContain(`data-api="${API}"`);
  expect(block).toContain('class="inlay-slot"');
  expect(await read('shopify/shopify.extension.toml')).toContain('type = "theme"');
});

test('the loader finds its chunk among the assets', async () => {
  expect(await readdir(path.join(out, 'shopify/assets'))).toContain(built.chunks['affiliate-stats']);
  expect(await read('shopify/assets/inlay.js')).toContain(built.chunks['affiliate-stats']);
});

test('the HubSpot project is whole: card, entry point, permitted address', async () => {
  const project = JSON.parse(await read('hubspot/hsproject.json')) as { srcDir: string; platformVersion: string };
  expect(project).toMatchObject({ srcDir: 'src', platformVersion: expect.stringMatching(/^20\d\d\.(03|09)$/) as string });
  const app = z
    .object({
      uid: z.string(),
      type: z.literal('app'),
      config: z.object({
        name: z.string(),
        description: z.string(),
        distribution: z.enum(['private', 'marketplace']),
        auth: z.object({ type: z.literal('oauth'), redirectUrls: z.array(z.url()).min(1), requiredScopes: z.array(z.string()) }),
        permittedUrls: z.object({ fetch: z.array(z.url()), iframe: z.array(z.string()), img: z.array(z.string()) }),
      }),
    })
    .parse(JSON.parse(await read('hubspot/src/app/app-hsmeta.json')));
  const card = z
    .object({
      uid: z.string(),
      type: z.literal('card'),
      config: z.object({
        name: z.string(),
        location: z.enum(['crm.record.tab', 'crm.record.sidebar']),
        entrypoint: z.string(),
        objectTypes: z.array(z.enum(['contacts', 'companies', 'deals'])),
      }),
    })
    .parse(JSON.parse(await read('hubspot/src/app/cards/lead-roas-card-hsmeta.json')));
  const code = await read('hubspot/src', card.config.entrypoint);
  // That this is the Worker's own path: worker/domains/connections/providers.test.ts.
  expect(app.config.auth.redirectUrls).toEqual([API, APP].map((origin) => `${origin}/v1/connections/hubspot/callback`));
  expect(app.config.permittedUrls.fetch).toEqual([API]);
  expect(code).toContain(API);
  expect(app.config.auth.requiredScopes).toContain('crm.objects.contacts.read');
});

test('one origin for both registers one redirect address', async () => {
  await buildHubspotApp({ apiOrigin: API, appOrigin: API }, path.join(out, 'hubspot-one'));
  const app = JSON.parse(await read('hubspot-one/src/app/app-hsmeta.json')) as { config: { auth: { redirectUrls: string[] } } };
  expect(app.config.auth.redirectUrls).toEqual([`${API}/v1/connections/hubspot/callback`]);
});

test('the built card parses, needs only React and HubSpot, and touches no DOM', async () => {
  const code = await read('hubspot/src/app/cards/lead-roas-card.tsx');
  await transformWithOxc(code, 'card.tsx', { lang: 'tsx' });
  const imports = [...code.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, from]) => from);
  expect(imports).toEqual(['@hubspot/ui-extensions', 'react']);
  expect(code).not.toMatch(/\bdocument\.|\bwindow\.|localStorage|innerHTML|console\.|_jsxFileName/);
});

test('the built card asks once and shows the figures of its contact', async () => {
  // Stands in for React and HubSpot: components become their text, state is set at once.
  await writeFile(
    path.join(out, 'stand-ins.mjs'),
    `
    const flat = (node) => Array.isArray(node) ? node.map(flat).join(' ') : node === null || node === undefined || typeof node === 'boolean' ? '' : String(node);
    const React = { createElement: (type, props, ...children) => type({ ...props, children }) };
    let state = null;
    export const useState = () => [state, (next) => { state = next; }];
    export const useEffect = (run) => { if (state === null) run(); };
    export default React;
    const part = ({ children, title, label, href }) => flat([title ?? label, href?.url, children]);
    export const [Accordion, DescriptionList, DescriptionListItem, Divider, EmptyState, Flex, Link, List, LoadingSpinner, Text] = Array(10).fill(part);
    export const seen = { urls: [], draw: null };
    export const hubspot = {
      extend: (render) => { seen.draw = (context) => render({ context }); },
      fetch: async (url) => { seen.urls.push(url); return globalThis.answer; },
    };`,
  );
  const code = (await read('hubspot/src/app/cards/lead-roas-card.tsx')).replaceAll(
    /from "(react|@hubspot\/ui-extensions)"/g,
    'from "./stand-ins.mjs"',
  );
  await writeFile(path.join(out, 'card.mjs'), code);
  Object.assign(globalThis, { answer: new Response(JSON.stringify(leadSample)) });
  await import(path.join(out, 'card.mjs'));
  const { seen } = (await import(path.join(out, 'stand-ins.mjs'))) as { seen: { urls: string[]; draw(context: object): string } };
  const context = { crm: { objectId: 501 }, user: { locale: 'fr' } };
  expect(seen.draw(context)).toContain('Chargement');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const text = seen.draw(context).replaceAll(/[\u00a0\u202f]/g, ' ');
  for (const part of [
    'Spring / FR / Leads › Lookalike 2 % – parents › concept-03_9x16',
    '7,00 €',
    'réparti, non facturé',
    '129,90 €',
    '17,14×',
    'Coût : dépense de la publicité le 3 nov. 2026 (70,00 €) ÷ prospects du jour (10) = 7,00 €',
  ])
    expect(text).toContain(part);
  expect(seen.urls).toEqual([`${API}/v1/hubspot/card?objectTypeId=0-1&objectId=501`]);
});

test('the card uses HubSpot’s components as documented', async () => {
  const run = promisify(execFile);
  await expect(
    run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'widget/hubspot-app/tsconfig.json'], { cwd: path.join(HERE, '..') }),
  ).resolves.toBeDefined();
}, 60_000);
