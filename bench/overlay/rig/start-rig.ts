import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import { buildTestExtension } from '../../../local/build-test-extension.ts';
import { findChromium } from '../../../local/find-chromium.ts';
import { launchChromium } from '../../../local/launch-chromium.ts';
import { adsManagerRoute } from '../../../sandbox/host-pages/ads-manager/route.ts';
import { startHttps } from '../../../sandbox/https/start-https.ts';
import { ACCOUNT, createAccount } from './account.ts';
import { ME, startStubApi, type StubApi } from './stub-api.ts';

export interface Rig {
  context: BrowserContext;
  api: StubApi;
  extensionId: string;
  worker: Worker;
  /** Signs in and consents without the windows for it, or takes both away. */
  signIn(change?: { locale?: 'en' | 'fr' | 'ar' }): Promise<void>;
  signOut(): Promise<void>;
  /** Ends the background; it comes back with the next message. */
  killBackground(): Promise<void>;
  open(address: string): Promise<Page>;
  close(): Promise<void>;
}

export interface RigOptions {
  /** False leaves the extension out: the page by itself, for comparison. */
  extension?: boolean;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

export const adsPage = (query = ''): string =>
  `https://adsmanager.facebook.com/adsmanager/manage/ads?act=${ACCOUNT}&date=2026-11-01_2026-11-19${query}`;

/** The imitated Ads Manager under its real name, a stub of our API, and Chromium with the extension's test build. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('No Chromium on this machine: set CHROMIUM_PATH or install one.');
  const api = await startStubApi();
  const source = createAccount();
  const front = await startHttps({
    port: 0,
    proxyTo: () => null,
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.hostname === 'app.hubspot.com') return contactPage();
      return (await adsManagerRoute(source, url)) ?? new Response('Not found', { status: 404 });
    },
  });
  const folder = options.extension === false ? null : await buildTestExtension(api.origin, `.local/overlay-${process.pid}`);
  const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-overlay-'));
  const context = await launchChromium({
    executablePath,
    httpsPort: front.port,
    profile,
    ...(folder === null ? {} : { extension: folder }),
    viewport: options.viewport ?? { width: 1440, height: 900 },
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
  });
  // The TypeScript loader names inner functions through this; functions sent to the page need it there.
  await context.addInitScript('globalThis.__name ??= (made) => made');
  const worker =
    folder === null ? null : (context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 })));
  const theWorker = (): Worker => {
    if (worker === null) throw new Error('This rig runs without the extension.');
    return worker;
  };

  return {
    context,
    api,
    get worker() {
      return theWorker();
    },
    get extensionId() {
      return theWorker().url().split('/')[2] as string;
    },
    async signIn({ locale = 'en' } = {}) {
      const me = { ...ME, user: { ...ME.user, locale }, organization: { ...ME.organization, locale } };
      await theWorker().evaluate(async (given) => {
        await chrome.storage.local.set({ consent: { at: '2026-11-20T00:00:00Z' } });
        await chrome.storage.session.set({
          tokens: { accessToken: 'planted', expiresAt: Date.now() + 3_600_000, refreshToken: 'planted' },
          me: given,
        });
      }, me);
    },
    async signOut() {
      await theWorker().evaluate(() => chrome.storage.session.remove(['tokens', 'me']));
    },
    async killBackground() {
      const browser = context.browser();
      if (browser === null) throw new Error('The context has no browser.');
      const session = await browser.newBrowserCDPSession();
      const { targetInfos } = await session.send('Target.getTargets');
      for (const target of targetInfos)
        if (target.type === 'service_worker') await session.send('Target.closeTarget', { targetId: target.targetId });
      await session.detach();
    },
    async open(address) {
      const page = await context.newPage();
      await page.goto(address);
      await page.bringToFront();
      return page;
    },
    async close() {
      await context.close();
      await front.close();
      await api.close();
      // The browser may still be writing its last files.
      for (const left of [profile, folder])
        if (left !== null) fs.rmSync(left, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

const contactPage = (): Response =>
  new Response(
    '<!doctype html><html lang="en"><title>Contact</title><body style="margin:0;background:#fff"><main data-test-id="middle-pane"><h1>Contact</h1></main>',
    { headers: { 'content-type': 'text/html' } },
  );
