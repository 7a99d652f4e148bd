import path from 'node:path';
import { launchChromium } from './launch-chromium.ts';

export interface BrowserPlace {
  chromium: string;
  /** The running stack. */
  origin: string;
  httpsPort: number;
  /** Absent = a passing profile, for a stack whose own browser may be open. */
  profile?: string;
}

/** A visible Chromium with the extension loaded on the imitated Ads Manager; headless where there is no display. Resolves with "closed". */
export async function openBrowser({ chromium, origin, httpsPort, profile }: BrowserPlace): Promise<{ closed: Promise<void> }> {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  const context = await launchChromium({
    executablePath: chromium,
    httpsPort,
    extension: path.resolve(import.meta.dirname, '../dist/extension'),
    headless,
    viewport: null,
    ...(profile === undefined ? {} : { profile }),
  });
  const closed = new Promise<void>((resolve) => context.once('close', () => resolve()));
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto('https://adsmanager.facebook.com/adsmanager/manage/ads?act=1000000001');
  const more = await context.newPage();
  await more.goto(origin);
  await page.bringToFront();
  console.log(
    headless
      ? 'Chromium runs without a window (no display here); everything works, but there is nothing to see.'
      : 'Chromium is open. Sign in from the Inlay button in the toolbar.',
  );
  return { closed };
}
