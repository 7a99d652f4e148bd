import path from 'node:path';
import { launchChromium } from './launch-chromium.ts';
import { needChromium } from './find-chromium.ts';
import type { Stack } from './stack.ts';

/** A visible Chromium with the extension loaded on the imitated Ads Manager; headless where there is no display. */
export async function openBrowser(stack: Stack): Promise<void> {
  const headless = process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
  const root = path.resolve(import.meta.dirname, '..');
  const context = await launchChromium({
    executablePath: needChromium(),
    httpsPort: Number(new URL(stack.sandbox.httpsUrl ?? '').port),
    extension: path.join(root, 'dist/extension'),
    headless,
    viewport: null,
    profile: path.join(root, '.local/main/chromium'),
  });
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto('https://adsmanager.facebook.com/adsmanager/manage/ads?act=1000000001');
  const more = await context.newPage();
  await more.goto(stack.origin);
  await page.bringToFront();
  console.log(
    headless
      ? 'Chromium runs without a window (no display here); everything works, but there is nothing to see.'
      : 'Chromium is open. Sign in from the Inlay button in the toolbar.',
  );
}
