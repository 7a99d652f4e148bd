import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/lib/chromium/chromium', '/usr/bin/chromium', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** A headless browser; INLAY_CHROMIUM names another one. */
export function launchChromium(args: string[] = []): Promise<Browser> {
  const executablePath = process.env['INLAY_CHROMIUM'] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error('No Chromium found. Install one (Debian: apt-get install chromium) or name it in INLAY_CHROMIUM.');
  return chromium.launch({
    executablePath, headless: true, chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', ...args],
  });
}
