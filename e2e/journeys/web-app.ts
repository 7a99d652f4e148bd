import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { formatMinor } from '#shared/rules/money.ts';
import { DEMO_ACCOUNT } from '../../local/seed-demo.ts';
import { newComputer } from './new-computer.ts';
import { signUpByMail } from './sign-up-by-mail.ts';
import type { World } from '../world.ts';

/** A person without the extension: signs up, connects Meta on the platform's own consent page, sees the account's figures. */
export function webAppJourney(world: () => World): void {
  test('web app: sign up, connect Meta, overview', async () => {
    const { stack, range } = world();
    const { context, page } = await newComputer(world());
    const problems = watch(page);
    await signUpByMail(page, stack, {
      name: 'Person 17',
      organization: 'Journey organization',
      email: 'person-17@example.com',
      password: 'correct horse battery',
    });

    await page.locator('a[href="/connections"]').first().click();
    await page.getByTestId('connection-meta').locator('button[type=submit]').click();
    await page.waitForURL(/dialog\/oauth/);
    await page.locator('button.main').click();
    await page.waitForURL(/\/connections/);
    await page.getByTestId('connection-meta').getByText('Connected').first().waitFor();

    await page.locator('nav a[href="/"]').first().click();
    const spend = stack.sandbox.meta.ads
      .objects('ad', DEMO_ACCOUNT)
      .reduce((sum, ad) => sum + (stack.sandbox.meta.ads.figures(ad.id, range)?.spendMinor ?? 0), 0);
    // The first read of an account takes a moment; the figure of the page is the platform's own, to the cent.
    await expect
      .poll(
        async () => {
          await page.reload();
          await page
            .locator('dl.figures')
            .waitFor({ timeout: 5_000 })
            .catch(() => undefined);
          return page
            .locator('dl.figures')
            .innerText()
            .catch(() => '');
        },
        { timeout: 40_000, interval: 1_000 },
      )
      .toContain(formatMinor(BigInt(spend), 'EUR', 'en'));
    await page.reload();
    await page.locator('dl.figures').waitFor();
    expect(problems()).toEqual([]);
    await context.close();
  });
}

/** Errors a page reports by itself. */
export function watch(page: Page): () => string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  return () => problems;
}
