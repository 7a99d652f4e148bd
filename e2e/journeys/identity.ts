import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { axeFindings } from '../check-axe.ts';
import type { World } from '../world.ts';
import { newComputer } from './new-computer.ts';
import { here, linkFromMail } from './read-mail.ts';
import { signUpByMail } from './sign-up-by-mail.ts';
import { watch } from './web-app.ts';

const EMAIL = 'person-18@example.com';
const PASSWORD = 'correct horse battery';

/** One person on their own computer: the account begins by mail, gets a second factor, and is entered in every way there is. */
export function identityJourney(world: () => World): void {
  test('identity: sign up by mail, second factor with a fresh proof, sign in with code, with link and recovery code', async () => {
    const { stack } = world();
    const { context, page } = await newComputer(world());
    const problems = watch(page);

    await signUpByMail(page, stack, { name: 'Person 18', organization: 'Second factor studio', email: EMAIL, password: PASSWORD });
    await page.getByTestId('switcher').waitFor();

    // A proof older than five minutes is asked for again, and the call is made once it was given.
    const ageProof = () =>
      stack.query(
        `update sessions set proven_at = now() - interval '1 hour' where user_id = (select id from users where email = '${EMAIL}')`,
      );
    await ageProof();
    await page.goto(`${stack.origin}/settings/security`);
    await page.getByTestId('factor-start').click();
    // Switched on in another tab since the dialog opened: it asks for a code from then on.
    await page.getByTestId('proof-input').fill(PASSWORD);
    await stack.query(`update users set totp_enabled_at = now() where email = '${EMAIL}'`);
    await page.getByTestId('proof-submit').click();
    await page.getByText('Your second factor is on').waitFor();
    await page.getByLabel('Code of your authenticator app').waitFor();
    expect(await page.getByTestId('proof-input').inputValue()).toBe('');
    await stack.query(`update users set totp_enabled_at = null where email = '${EMAIL}'`);
    await page.getByTestId('proof').locator('..').getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('factor-start').click();
    await page.getByTestId('proof-input').fill('not the password');
    await page.getByTestId('proof-submit').click();
    await page.getByText('The password is not right.').waitFor();
    expect(await axeFindings(page), 'proof dialog').toEqual([]);
    await page.getByTestId('proof-input').fill(PASSWORD);
    await page.getByTestId('proof-submit').click();
    const secret = (await page.getByTestId('factor-secret').innerText()).replaceAll(/\s/g, '');
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    expect(await axeFindings(page), 'setting the second factor up').toEqual([]);
    await page.getByTestId('factor-confirm-code').fill(app.generate());
    await page.getByTestId('factor-confirm').click();
    const codes = page.getByTestId('recovery-codes').locator('code');
    await codes.first().waitFor();
    const [recoveryCode, secondCode] = await codes.allInnerTexts();
    expect(await codes.count()).toBe(10);
    expect(await axeFindings(page), 'recovery codes').toEqual([]);
    await page.getByTestId('recovery-kept').check();
    await page.getByTestId('recovery-done').click();
    await page.getByText('10 recovery codes are left.').waitFor();

    await signOut(page);
    await page.getByTestId('sign-in-email').fill(EMAIL);
    await page.getByTestId('sign-in-password').fill(PASSWORD);
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('factor-code').fill('000000');
    await page.getByTestId('factor-submit').click();
    await page.getByText('This code is not right').waitFor();
    expect(await axeFindings(page), 'second factor').toEqual([]);
    // The code of this half minute was used up by setting up; the next one is good already.
    await page.getByTestId('factor-code').fill(app.generate({ timestamp: Date.now() + 30_000 }));
    await page.getByTestId('factor-submit').click();
    await page.getByTestId('switcher').waitFor();

    await signOut(page);
    await page.getByTestId('sign-in-other').click();
    await page.getByTestId('sign-in-email').fill(EMAIL);
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('check-mail').waitFor();
    expect(await axeFindings(page), 'check your mail').toEqual([]);
    const link = await linkFromMail(stack, EMAIL, '/sign-in/link');
    await page.goto(here(stack, link));
    await page.getByTestId('magic-use').click();
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByTestId('factor-code').fill(recoveryCode as string);
    await page.getByTestId('factor-submit').click();
    await page.getByTestId('switcher').waitFor();
    await page.goto(`${stack.origin}/settings/security`);
    await page.getByText('9 recovery codes are left.').waitFor();
    await expect.poll(() => page.getByTestId('session').count()).toBeGreaterThan(0);

    // What is dangerous asks for a code now, and for nothing less.
    await ageProof();
    await page.getByTestId('factor-remove').click();
    await page.getByTestId('factor-remove-confirm').click();
    await page.getByLabel('Code of your authenticator app').fill('000000');
    await page.getByTestId('proof-submit').click();
    await page.getByTestId('proof').getByText('This code is not right').waitFor();
    expect(await axeFindings(page), 'proof by code').toEqual([]);
    await page.getByTestId('proof-input').fill(secondCode as string);
    await page.getByTestId('proof-submit').click();
    await page.getByText('The second factor is off.').waitFor();

    // The same link again opens nothing.
    const again = await context.newPage();
    await again.goto(here(stack, link));
    await again.getByTestId('magic-use').click();
    await again.getByTestId('link-spent').waitFor();
    await again.close();
    expect(problems()).toEqual([]);
    await context.close();
  });

  test('identity: a forgotten password is set anew and every session ends', async () => {
    const { stack } = world();
    const { context, page } = await newComputer(world());
    const email = 'person-19@example.com';
    await signUpByMail(page, stack, { name: 'Person 19', organization: 'Forgetful studio', email, password: PASSWORD });
    await page.getByTestId('switcher').waitFor();

    const other = await context.newPage();
    await other.goto(`${stack.origin}/reset`);
    await other.getByTestId('reset-email').fill(email);
    await other.getByTestId('reset-send').click();
    await other.goto(here(stack, await linkFromMail(stack, email, '/reset')));
    await other.getByTestId('new-password').fill('password1234');
    await other.getByTestId('new-password-save').click();
    await other.locator('.field-error').waitFor(); // refused at its field; the link is still good
    await other.getByTestId('new-password').fill('staple battery horse correct');
    await other.getByTestId('new-password-save').click();
    await other.getByText('Sign in with the new password.').waitFor();
    await page.reload();
    await page.getByTestId('sign-in-email').fill(email);
    await page.getByTestId('sign-in-password').fill('staple battery horse correct');
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('switcher').waitFor();
    await context.close();
  });

  test('identity: another organization is founded and left again; other tabs follow', async () => {
    const { stack } = world();
    const { context, page } = await newComputer(world());
    const email = 'person-20@example.com';
    await signUpByMail(page, stack, { name: 'Person 20', organization: 'First studio', email, password: PASSWORD });
    await page.getByTestId('switcher').waitFor();
    const tab = await context.newPage();
    await tab.goto(`${stack.origin}/settings`);
    await tab.getByTestId('switcher').getByText('First studio').waitFor();
    await page.getByTestId('switcher').click();
    await page.getByTestId('organization-new').click();
    await page.getByTestId('organization-name').fill('Second studio');
    await page.getByTestId('organization-create').click();
    await page.getByTestId('switcher').getByText('Second studio').waitFor();
    await tab.getByTestId('switcher').getByText('Second studio').waitFor();
    await page.getByTestId('switcher').click();
    expect(await axeFindings(page), 'organizations').toEqual([]);
    await page.locator('dialog .choice', { hasText: 'First studio' }).click();
    await page.getByTestId('switcher').getByText('First studio').waitFor();
    await tab.getByTestId('switcher').getByText('First studio').waitFor();
    await context.close();
  });

  test('identity: Google opens no account by its address alone; linked under the account, it signs in', async () => {
    const { stack } = world();
    const { context, page } = await newComputer(world());
    const email = 'person-25@example.com';
    await signUpByMail(page, stack, { name: 'Person 25', organization: 'Linked studio', email, password: PASSWORD });
    await page.getByTestId('switcher').waitFor();
    await signOut(page);
    await page.getByTestId('google').click();
    await chooseAtGoogle(page, email);
    await page.getByTestId('google-problem').getByText('This address has an account already').waitFor();
    await page.getByTestId('sign-in-email').fill(email);
    await page.getByTestId('sign-in-password').fill(PASSWORD);
    await page.getByTestId('sign-in-submit').click();
    await page.getByTestId('switcher').waitFor();
    await page.goto(`${stack.origin}/settings/account`);
    await page.getByTestId('google-link').click();
    await chooseAtGoogle(page, email);
    await page.getByText(`Linked: ${email}`).waitFor();
    expect(await axeFindings(page), 'own account').toEqual([]);
    await signOut(page);
    await page.getByTestId('google').click();
    await chooseAtGoogle(page, email);
    await page.getByTestId('switcher').getByText('Linked studio').waitFor();
    await context.close();
  });
}

async function chooseAtGoogle(page: Page, email: string): Promise<void> {
  // Our own page, which may still be up, has a field for an address as well.
  await page.getByRole('heading', { name: 'Choose an account' }).waitFor();
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=name]').fill('Person 25');
  await page.getByRole('button', { name: 'Use this account' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.locator('.side').getByRole('button', { name: 'Sign out' }).first().click();
  await page.getByTestId('sign-in-email').waitFor();
}

/** Runs last: the extension's one session goes to another organization and comes back. */
export function extensionOrganizationJourney(world: () => World): void {
  test('extension: another organization is entered through the background, and every page of it follows', async () => {
    const { browser, member } = world();
    const home = member.me.organization?.name;
    if (home === undefined) throw new Error('The demo member has no organization.');
    const address = `chrome-extension://${browser.extensionId}/app.html`;
    const page = await browser.page(address);
    const second = await browser.page(address);
    const said = (where: Page, name: string) =>
      where.locator('.side').first().getByTestId('switcher').getByText(name, { exact: true }).waitFor();
    await said(page, home);
    await page.getByTestId('switcher').click();
    await page.getByTestId('organization-new').click();
    await page.getByTestId('organization-name').fill('Second desk');
    await page.getByTestId('organization-create').click();
    await said(page, 'Second desk');
    await said(second, 'Second desk');
    // The new one has no ad accounts: nothing of the first is left on the screen.
    await second.getByRole('link', { name: 'Connections' }).first().waitFor();
    await expect.poll(() => second.locator('main').innerText()).not.toContain('€');
    await page.getByTestId('switcher').click();
    await page.locator('dialog .choice', { hasText: home }).click();
    await said(page, home);
    await said(second, home);
    await second.close();
    await page.close();
  });
}
