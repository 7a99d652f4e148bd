import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DEMO_ACCOUNT } from '../../local/seed-demo.ts';
import { axeFindings } from '../check-axe.ts';
import type { World } from '../world.ts';
import { newComputer } from './new-computer.ts';
import { here, linkFromMail } from './read-mail.ts';
import { signUpByMail } from './sign-up-by-mail.ts';
import { watch } from './web-app.ts';

const PASSWORD = 'correct horse battery';

/** People come and go, roles change, keys are made and end; a client's login sees its client and nothing else. */
export function organizationJourney(world: () => World): void {
  test('organization: invite by mail, a changed role is felt at once, a key works until it is revoked', async () => {
    const { stack } = world();
    const owner = await newComputer(world());
    const guest = await newComputer(world());
    const problems = [watch(owner.page), watch(guest.page)];
    await signUpByMail(owner.page, stack, {
      name: 'Person 21',
      organization: 'Agency of the journey',
      email: 'person-21@example.com',
      password: PASSWORD,
    });
    await owner.page.getByTestId('switcher').waitFor();

    await owner.page.goto(`${stack.origin}/settings/invitations`);
    await owner.page.getByTestId('invite').click();
    await owner.page.getByTestId('invite-email').fill('person-22@example.com');
    await owner.page.getByLabel('Role', { exact: true }).selectOption('admin');
    expect(await axeFindings(owner.page), 'inviting').toEqual([]);
    await owner.page.getByTestId('invite-send').click();
    await owner.page
      .getByRole('row', { name: /person-22@example\.com/ })
      .getByText('Waiting')
      .waitFor();

    await guest.page.goto(here(stack, await linkFromMail(stack, 'person-22@example.com', '/join')));
    await guest.page.getByTestId('join-name').fill('Person 22');
    await guest.page.getByTestId('join-password').fill(PASSWORD);
    await guest.page.getByTestId('join-submit').click();
    await guest.page.getByTestId('switcher').getByText('Agency of the journey').waitFor();
    await guest.page.goto(`${stack.origin}/settings/invitations`);
    await guest.page.getByTestId('invite').click();
    await guest.page.getByTestId('invite-email').fill('person-23@example.com');

    // A proof older than five minutes is asked for again before a role changes.
    await stack.query(
      `update sessions set proven_at = now() - interval '1 hour' where user_id = (select id from users where email = 'person-21@example.com')`,
    );
    await owner.page.goto(`${stack.origin}/settings/members`);
    await owner.page.getByRole('button', { name: 'Change Person 22' }).click();
    await owner.page.getByLabel('Role', { exact: true }).selectOption('analyst');
    await owner.page.getByTestId('member-save').click();
    await prove(owner.page);
    await owner.page
      .getByRole('row', { name: /Person 22/ })
      .getByText('Analyst')
      .waitFor();
    expect(await axeFindings(owner.page), 'members').toEqual([]);

    // What the guest had open is refused at its very next call, and nobody was invited.
    await guest.page.getByTestId('invite-send').click();
    await guest.page.locator('dialog .problem').waitFor();
    expect(await stack.query(`select 1 from invitations where email = 'person-23@example.com'`)).toEqual([]);
    await guest.page.reload();
    await guest.page.getByText('Owners and admins can change it.').waitFor();
    expect(await guest.page.getByTestId('invite').count()).toBe(0);
    await guest.page.goto(`${stack.origin}/settings/api-keys`);
    await guest.page.getByText('Your role does not open this').waitFor();

    await owner.page.goto(`${stack.origin}/settings/api-keys`);
    await owner.page.getByTestId('key-new').click();
    await owner.page.getByTestId('key-name').fill('Journey export');
    await owner.page.getByTestId('scope-insights:read').check();
    expect(await axeFindings(owner.page), 'making a key').toEqual([]);
    await owner.page.getByTestId('key-make').click();
    const key = await owner.page.getByTestId('secret').innerText();
    await owner.page.keyboard.press('Escape');
    await owner.page.getByTestId('secret').waitFor(); // not closed by a slip
    await owner.page.getByTestId('secret-stored').check();
    await owner.page.getByTestId('secret-close').click();
    const answers = async () => {
      const ask = async (path: string) =>
        (await fetch(`${stack.origin}${path}`, { headers: { authorization: `Bearer ${key.trim()}` } })).status;
      return [await ask('/v1/ad-accounts'), await ask('/v1/leads')];
    };
    expect(await answers()).toEqual([200, 403]);
    await owner.page.getByRole('button', { name: 'Revoke Journey export' }).click();
    await owner.page.getByTestId('confirm').click();
    await owner.page
      .getByRole('row', { name: /Journey export/ })
      .getByText('Revoked')
      .waitFor();
    expect(await answers()).toEqual([401, 401]);

    await owner.page.goto(`${stack.origin}/settings/audit`);
    for (const what of ['API key revoked', 'API key made', 'Role changed', 'Joined by invitation', 'Invitation sent'])
      await owner.page
        .getByRole('row', { name: new RegExp(what) })
        .first()
        .waitFor();
    expect(await axeFindings(owner.page), 'audit log').toEqual([]);
    expect(problems.flatMap((told) => told())).toEqual([]);
    await owner.context.close();
    await guest.context.close();
  });

  test('organization: a copy of the data is asked for, appears by itself and is downloaded', async () => {
    const { stack } = world();
    const { context, page } = await newComputer(world());
    await signUpByMail(page, stack, {
      name: 'Person 26',
      organization: 'Studio of the copy',
      email: 'person-26@example.com',
      password: PASSWORD,
    });
    await page.getByTestId('switcher').waitFor();
    await page.goto(`${stack.origin}/settings/data`);
    await page.getByTestId('export-make').click();
    const link = page.getByRole('link', { name: /Download/ });
    await link.waitFor({ timeout: 30_000 });
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(file.suggestedFilename()).toMatch(/^inlay-organization-\d{4}-\d\d-\d\d\.json$/);
    expect(new URL(page.url()).pathname).toBe('/settings/data');
    await context.close();
  });

  test('organization: a client’s login sees its own ad account, its own name and little else', async () => {
    const { stack, browser } = world();
    const agency = await browser.page(`${stack.origin}/settings/clients`);
    await agency.getByTestId('client-add').click();
    await agency.getByTestId('client-name').fill('Northwind Coffee');
    await agency.locator('dialog label', { hasText: DEMO_ACCOUNT }).locator('input').check();
    expect(await axeFindings(agency), 'adding a client').toEqual([]);
    await agency.getByTestId('client-save').click();
    await agency.getByRole('row', { name: /Northwind Coffee.*1 ad account/ }).waitFor();
    await agency.goto(`${stack.origin}/settings/invitations`);
    await agency.getByTestId('invite').click();
    await agency.getByTestId('invite-email').fill('person-24@example.com');
    await agency.getByLabel('Role', { exact: true }).selectOption('client');
    expect(await agency.getByTestId('invite-send').isDisabled()).toBe(true); // a client's login needs its client
    await agency.getByLabel('Client', { exact: true }).selectOption({ label: 'Northwind Coffee' });
    await agency.getByTestId('invite-send').click();
    await agency.getByRole('row', { name: /person-24@example\.com/ }).waitFor();
    await agency.close();

    const { page, context } = await newComputer(world());
    await page.goto(here(stack, await linkFromMail(stack, 'person-24@example.com', '/join')));
    await page.getByTestId('join-name').fill('Person 24');
    await page.getByTestId('join-password').fill(PASSWORD);
    await page.getByTestId('join-submit').click();
    await page.getByTestId('switcher').waitFor();
    expect((await page.locator('.shell > .side .nav a').allInnerTexts()).map((text) => text.trim())).toEqual([
      'Overview',
      'Launches',
      'Insights',
      'Settings',
    ]);
    await page.locator('.side-brand').first().getByText('Northwind Coffee').waitFor();
    await page.goto(`${stack.origin}/insights`);
    await page.getByRole('table').first().waitFor();
    const accounts = page.getByLabel('Ad account', { exact: true }).locator('option');
    expect(await accounts.count()).toBe(1);
    await page.goto(`${stack.origin}/settings`);
    await page.getByText('Owners and admins can change it.').waitFor();
    expect(await page.getByTestId('general-save').count()).toBe(0);
    expect((await page.locator('.settings-nav a').allInnerTexts()).map((text) => text.trim())).toEqual([
      'Account',
      'Security',
      'This browser',
      'General',
    ]);
    expect(await axeFindings(page), 'settings of a client').toEqual([]);
    await context.close();
  });
}

async function prove(page: Page): Promise<void> {
  await page.getByTestId('proof-input').fill(PASSWORD);
  await page.getByTestId('proof-submit').click();
}
