import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { hostSwitches } from '../../sandbox/https/hosts.ts';
import { createSandbox } from '../../sandbox/index.ts';
import { launchChromium } from '../../widget/testing/launch-chromium.ts';

export interface HostPages {
  browser: Browser;
  list: { name: string; tag: string; url: string }[];
  close(): Promise<void>;
}

/** The sandbox's contact record and product page, with the built widget on the imitated CDN and `workerOrigin` in the Worker's place. */
export async function openHostPages(widgetDir: string, workerOrigin: string): Promise<HostPages> {
  const sandbox = await createSandbox({
    seed: 1,
    httpsPort: 0,
    demo: false,
    workerOrigin,
    widgetFolder: pathToFileURL(widgetDir + path.sep),
  });
  const ask = async (method: string, route: string, body: unknown) => {
    const response = await fetch(`${sandbox.url}/_sandbox/${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  await ask('PUT', 'host-pages/config', { hubspot: { key: 'pk_hubspot' }, shopify: { key: 'pk_shopify' } });
  const contact = (await ask('POST', 'hubspot/contacts', { email: 'lead-17@example.com', firstname: 'Lead', lastname: '17' })) as {
    id: string;
  };
  const product = sandbox.shopify.store.shop('inlay-demo.myshopify.com').products[0];
  if (sandbox.httpsUrl === null || sandbox.httpsSpki === null || product === undefined)
    throw new Error('the sandbox has no HTTPS front or no product');

  const browser = await launchChromium(hostSwitches(Number(new URL(sandbox.httpsUrl).port), sandbox.httpsSpki));
  const record = `https://app.hubspot.com/contacts/4242/record/0-1/${contact.id}`;
  const shop = `https://inlay-demo.myshopify.com/products/${product.handle}`;
  return {
    browser,
    list: [
      { name: 'contact record', tag: 'inlay-lead-roas', url: record },
      { name: 'contact record, ar, dark', tag: 'inlay-lead-roas', url: `${record}?locale=ar&theme=dark` },
      { name: 'product page', tag: 'inlay-affiliate-stats', url: shop },
      { name: 'product page, fr', tag: 'inlay-affiliate-stats', url: `${shop}?locale=fr` },
    ],
    async close() {
      await browser.close();
      await sandbox.close();
    },
  };
}
