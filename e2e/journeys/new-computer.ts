import type { BrowserContext, Page } from 'playwright-core';
import type { World } from '../world.ts';

/** Another person's computer: a browser in which nobody is signed in and no extension is installed. */
export async function newComputer({ browser }: World): Promise<{ context: BrowserContext; page: Page }> {
  const chromium = browser.context.browser();
  if (chromium === null) throw new Error("The extension's context has no browser to open another person's in.");
  const context = await chromium.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  return { context, page: await context.newPage() };
}
