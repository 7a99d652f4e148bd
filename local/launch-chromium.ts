import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';

/** Names that the sandbox's HTTPS front answers for; every other name fails, so that nothing leaves this machine. */
export const MAPPED_HOSTS = [
  'adsmanager.facebook.com',
  'business.facebook.com',
  'www.facebook.com',
  'app.hubspot.com',
  'inlay-demo.myshopify.com',
  'cdn.inlay.test',
  'api.inlay.test',
  'app.inlay.test',
  'mailbox.inlay.test',
  'sandbox.inlay.test',
];

export interface LaunchOptions {
  executablePath: string;
  httpsPort: number;
  /** Folder of an unpacked extension. */
  extension?: string;
  headless?: boolean;
  profile?: string;
  viewport?: { width: number; height: number } | null;
  colorScheme?: 'light' | 'dark';
  locale?: string;
  args?: string[];
}

/** A Chromium that sees the real host names on this machine only. Closing the context removes its profile. */
export async function launchChromium(options: LaunchOptions): Promise<BrowserContext> {
  const profile = options.profile ?? fs.mkdtempSync(path.join(os.tmpdir(), 'inlay-chromium-'));
  const mapped = MAPPED_HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${options.httpsPort}`).join(',');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: options.executablePath,
    headless: options.headless ?? true,
    chromiumSandbox: false,
    ignoreHTTPSErrors: true,
    ...(options.viewport === undefined ? {} : { viewport: options.viewport }),
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
    ...(options.locale ? { locale: options.locale } : {}),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--host-resolver-rules=${mapped},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost`,
      '--ignore-certificate-errors',
      ...(options.extension ? [`--disable-extensions-except=${options.extension}`, `--load-extension=${options.extension}`] : []),
      ...(options.args ?? []),
    ],
    ignoreDefaultArgs: ['--disable-extensions'],
  });
  if (!options.profile)
    context.once('close', () =>
      fs.promises.rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }).catch(() => undefined),
    );
  return context;
}
