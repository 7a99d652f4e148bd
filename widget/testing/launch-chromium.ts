import { chromium, type Browser } from 'playwright-core';
import { needChromium } from '../../local/find-chromium.ts';

/** A headless browser for pages on `*.localhost`. */
export function launchChromium(args: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: needChromium(),
    headless: true,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...args,
    ],
  });
}
