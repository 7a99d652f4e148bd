import type { BrowserContext, Page } from 'playwright-core';
import { DEMO } from '../demo-member.ts';
import { needChromium } from '../find-chromium.ts';
import { launchChromium, type LaunchOptions } from '../launch-chromium.ts';
import type { Stack } from '../stack.ts';
import { until } from '../until.ts';

export interface ExtensionBrowser {
  context: BrowserContext;
  extensionId: string;
  page(address: string): Promise<Page>;
  close(): Promise<void>;
}

/** Chromium with the extension on the sandbox's host names; nobody is signed in yet. */
export async function openExtensionBrowser(
  stack: Stack,
  extension: string,
  options: Partial<Pick<LaunchOptions, 'viewport' | 'colorScheme' | 'locale'>> = {},
): Promise<ExtensionBrowser> {
  const context = await launchChromium({
    executablePath: needChromium((line) => process.stderr.write(`${line}\n`)),
    httpsPort: Number(new URL(stack.sandbox.httpsUrl ?? '').port),
    extension,
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    ...options,
  });
  // Functions that are sent into a page carry a helper's name from the TypeScript loader.
  await context.addInitScript('globalThis.__name ??= (made) => made');
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 }));
  return {
    context,
    extensionId: worker.url().split('/')[2] as string,
    async page(address) {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    close: () => context.close(),
  };
}

/** First run: consent on the welcome page, then the sign-in window of the web app with password and PKCE. */
export async function signInExtension(browser: ExtensionBrowser): Promise<void> {
  const welcome = await browser.page(`chrome-extension://${browser.extensionId}/welcome.html`);
  await welcome.getByTestId('consent-accept').click();
  await passSignInWindow(await signInWindow(browser.context));
  await welcome.getByRole('status').waitFor({ timeout: 30_000 });
  await welcome.close();
}

/** Waits for the window by its address: the extension opens its own welcome tab at about the same time. */
export function signInWindow(context: BrowserContext): Promise<Page> {
  return until(
    'the sign-in window',
    async () => context.pages().find((page) => /^https?:[^?]*\/(?:authorize|sign-in)\b/.test(page.url())),
    30_000,
  );
}

/** The window of `launchWebAuthFlow`: the web app's own sign-in page. */
export async function passSignInWindow(window: Page, as: { email: string; password: string } = DEMO): Promise<void> {
  await window
    .getByTestId('sign-in-email')
    .fill(as.email, { timeout: 30_000 })
    .catch(async (cause: unknown) => {
      throw new Error(
        `The sign-in window shows no form: ${window.url().split('?')[0]} "${(await window.innerText('body').catch(() => 'closed')).slice(0, 200)}"`,
        { cause },
      );
    });
  await window.getByTestId('sign-in-password').fill(as.password);
  const closed = window.waitForEvent('close', { timeout: 30_000 });
  await window.getByTestId('sign-in-submit').click();
  await closed;
}
