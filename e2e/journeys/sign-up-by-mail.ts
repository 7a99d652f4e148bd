import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Stack } from '../../local/stack.ts';
import { here, linkFromMail } from './read-mail.ts';

/** Fills the form, finds the link in the mail, presses. */
export async function signUpByMail(
  page: Page,
  stack: Stack,
  as: { name: string; organization: string; email: string; password: string },
): Promise<void> {
  await page.goto(`${stack.origin}/sign-up`);
  await page.locator('[autocomplete=name]').fill(as.name);
  await page.locator('[autocomplete=organization]').fill(as.organization);
  await page.locator('[autocomplete=username]').fill(as.email);
  await page.locator('[autocomplete=new-password]').fill('short');
  await page.getByTestId('sign-up-submit').click();
  expect(new URL(page.url()).pathname).toBe('/sign-up'); // too short a password goes nowhere
  expect(await page.getByTestId('check-mail').count()).toBe(0);
  await page.locator('[autocomplete=new-password]').fill(as.password);
  await page.getByTestId('sign-up-submit').click();
  await page.getByTestId('check-mail').getByText(as.email).waitFor();
  await page.goto(here(stack, await linkFromMail(stack, as.email, '/confirm')));
  await page.getByTestId('confirm').click();
}
