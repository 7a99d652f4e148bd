import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { needChromium } from '../../local/find-chromium.ts';
import { buildLooks } from '../looks/build-looks.ts';
import { lookFiles } from '../looks/look-files.ts';
import { serveLooks } from '../looks/serve-looks.ts';

export interface BuilderPages {
  /** The builder with a sheet and media in it, at its review. */
  review(options?: {
    locale?: 'en' | 'fr' | 'ar';
    sheet?: string;
    media?: { name: string; mimeType: string; buffer: Buffer }[];
  }): Promise<Page>;
  close(): Promise<void>;
}

/** The launch builder as people meet it on the web, under the web's content policy, beside an API from memory. */
export async function openBuilderPages(): Promise<BuilderPages> {
  const folder = mkdtempSync(join(os.tmpdir(), 'inlay-builder-'));
  await buildLooks(folder);
  const browser: Browser = await chromium.launch({ executablePath: needChromium(), args: ['--no-sandbox'] });
  const closing: (() => unknown)[] = [];
  const files = lookFiles();
  return {
    async review({ locale = 'en', sheet = files.sheet.buffer.toString(), media = files.media } = {}) {
      const site = await serveLooks(folder, { empty: false, locale, looker: 'owner' });
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale });
      closing.push(() => context.close(), site.close);
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site.url });
      const page = await context.newPage();
      await page.request.post(`${site.url}/v1/auth/sign-in`, { data: { email: 'owner@example.com', password: 'demo' } });
      await page.goto(`${site.url}/launches/new`);
      await page
        .locator('[data-testid=sheet-drop] input[type=file]')
        .setInputFiles({ name: 'spring.csv', mimeType: 'text/csv', buffer: Buffer.from(sheet) });
      await page.locator('[data-testid=media-drop] input[type=file]').first().setInputFiles(media);
      await page.getByTestId('to-review').click({ timeout: 60_000 });
      await page.getByTestId('counts').waitFor();
      return page;
    },
    async close() {
      for (const end of closing) await end();
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
