import type { Page } from 'playwright-core';
import type { Look } from './look.ts';

const signUp = async (page: Page) => {
  await page.locator('[autocomplete=name]').fill('Person 1');
  await page.locator('[autocomplete=organization]').fill('Studio');
  await page.locator('[autocomplete=username]').fill('person-1@example.com');
  await page.locator('[autocomplete=new-password]').fill('correct horse battery');
};
const signInAs = (email: string) => async (page: Page) => {
  await page.getByTestId('sign-in-email').fill(email);
  await page.getByTestId('sign-in-password').fill('correct horse battery');
  await page.getByTestId('sign-in-submit').click();
};
const prove = async (page: Page) => {
  await page.getByTestId('factor-start').click();
  await page.getByTestId('proof-input').waitFor();
};
const setUp = async (page: Page) => {
  await prove(page);
  await page.getByTestId('proof-input').fill('correct horse battery');
  await page.getByTestId('proof-submit').click();
  await page.getByTestId('factor-secret').waitFor();
};
const recovery = async (page: Page) => {
  await setUp(page);
  await page.getByTestId('factor-confirm-code').fill('123456');
  await page.getByTestId('factor-confirm').click();
  await page.getByTestId('recovery-codes').waitFor();
};
const factorOn = async (page: Page) => {
  await recovery(page);
  await page.getByTestId('recovery-kept').check();
  await page.getByTestId('recovery-done').click();
};
const TOKEN = 'itl_0000000000000000000000000';

/** Screens around the person: the door, the own account, organizations to choose from. */
export const personLooks: Look[] = [
  { name: 'door-sign-in-dark', path: '/sign-in?problem=google_not_linked', width: 768, signedOut: true, dark: true },
  { name: 'door-sign-in-locked-fr', path: '/sign-in', width: 360, signedOut: true, locale: 'fr', act: signInAs('locked@example.com') },
  { name: 'door-sign-in-refused', path: '/sign-in', width: 768, signedOut: true, act: signInAs('nobody@example.com') },
  {
    name: 'door-link-ar',
    path: '/sign-in',
    width: 768,
    signedOut: true,
    locale: 'ar',
    act: async (page) => page.getByTestId('sign-in-other').click(),
  },
  { name: 'door-sign-up', path: '/sign-up', width: 1440, signedOut: true, act: signUp },
  { name: 'door-sign-up-ar', path: '/sign-up', width: 360, signedOut: true, locale: 'ar', dark: true, act: signUp },
  {
    name: 'door-check-mail',
    path: '/sign-up',
    width: 768,
    signedOut: true,
    act: async (page) => {
      await signUp(page);
      await page.getByTestId('sign-up-submit').click();
      await page.getByTestId('check-mail').waitFor();
    },
  },
  {
    name: 'door-check-mail-fr',
    path: '/reset',
    width: 360,
    signedOut: true,
    locale: 'fr',
    dark: true,
    act: async (page) => {
      await page.getByTestId('reset-email').fill('a-rather-long-address-of-somebody@subdomain.example.com');
      await page.getByTestId('reset-send').click();
    },
  },
  { name: 'door-factor', path: '/sign-in', width: 768, signedOut: true, act: signInAs('factor@example.com') },
  {
    name: 'door-factor-wrong-ar',
    path: '/sign-in',
    width: 360,
    signedOut: true,
    locale: 'ar',
    act: async (page) => {
      await signInAs('factor@example.com')(page);
      await page.getByTestId('factor-code').fill('123456');
      await page.getByTestId('factor-submit').click();
    },
  },
  { name: 'door-confirm', path: `/confirm#${TOKEN}`, width: 768, signedOut: true },
  {
    name: 'door-confirm-spent-fr',
    path: `/confirm#${TOKEN}`,
    width: 768,
    signedOut: true,
    locale: 'fr',
    act: async (page) => page.getByTestId('confirm').click(),
  },
  {
    name: 'door-confirm-elsewhere',
    path: '/confirm#itl_elsewhere0000000000000000',
    width: 768,
    signedOut: true,
    act: async (page) => {
      await page.getByTestId('confirm').click();
      await page.getByTestId('confirm-password').fill('chosen by the owner');
    },
  },
  {
    name: 'door-confirm-elsewhere-ar',
    path: '/confirm#itl_elsewhere0000000000000000',
    width: 360,
    signedOut: true,
    dark: true,
    locale: 'ar',
    act: async (page) => {
      await page.getByTestId('confirm').click();
      await page.getByTestId('confirm-password').fill('chosen by the owner');
    },
  },
  { name: 'door-magic', path: `/sign-in/link#${TOKEN}`, width: 360, signedOut: true, dark: true },
  { name: 'door-reset-new', path: `/reset#${TOKEN}`, width: 768, signedOut: true },
  { name: 'door-email-change-ar', path: `/email-change#${TOKEN}`, width: 768, locale: 'ar' },
  { name: 'door-join', path: `/join#${TOKEN}`, width: 768, signedOut: true },
  { name: 'door-join-other-fr', path: `/join#${TOKEN}`, width: 360, locale: 'fr' },
  { name: 'own-account', path: '/settings/account', width: 1440 },
  { name: 'own-account-dark-fr', path: '/settings/account', width: 768, dark: true, locale: 'fr' },
  { name: 'own-account-ar-360', path: '/settings/account', width: 360, locale: 'ar' },
  {
    name: 'own-account-forms',
    path: '/settings/account',
    width: 768,
    act: async (page) => {
      await page.getByTestId('email-open').click();
      await page.getByTestId('password-open').click();
      await page.getByTestId('password-new').fill('owner1');
    },
  },
  {
    name: 'own-delete',
    path: '/settings/account',
    width: 1440,
    full: false,
    act: async (page) => page.getByTestId('delete-account').click(),
  },
  { name: 'own-security', path: '/settings/security', width: 1440 },
  { name: 'own-proof', path: '/settings/security', width: 1440, full: false, act: prove },
  { name: 'own-proof-ar-360', path: '/settings/security', width: 360, full: false, locale: 'ar', dark: true, act: prove },
  { name: 'own-factor', path: '/settings/security', width: 1440, act: setUp },
  { name: 'own-factor-fr-360', path: '/settings/security', width: 360, locale: 'fr', dark: true, act: setUp },
  { name: 'own-recovery', path: '/settings/security', width: 768, act: recovery },
  { name: 'own-recovery-ar-360', path: '/settings/security', width: 360, locale: 'ar', act: recovery },
  { name: 'own-factor-on-dark', path: '/settings/security', width: 1440, dark: true, act: factorOn },
  { name: 'own-organizations', path: '/', width: 1440, full: false, act: async (page) => page.getByTestId('switcher').first().click() },
  {
    name: 'own-organizations-new-ar',
    path: '/',
    width: 768,
    full: false,
    locale: 'ar',
    dark: true,
    act: async (page) => {
      await page.locator('.topbar button').first().click();
      await page.locator('dialog').getByTestId('switcher').click();
      await page.getByTestId('organization-new').click();
    },
  },
  { name: 'own-homeless', path: '/', width: 1440, looker: 'homeless' },
  { name: 'own-homeless-fr-360', path: '/', width: 360, looker: 'homeless', locale: 'fr', dark: true },
  { name: 'own-homeless-account', path: '/settings/account', width: 768, looker: 'homeless' },
  { name: 'own-client', path: '/', width: 1440, looker: 'client' },
  { name: 'own-client-ar-dark', path: '/launches', width: 1440, looker: 'client', locale: 'ar', dark: true },
  { name: 'own-visit', path: '/', width: 768, looker: 'visitor', full: false },
];
