import type { Page } from 'playwright-core';
import type { Look } from './look.ts';

const press = (testId: string) => async (page: Page) => page.getByTestId(testId).first().click();
const openRow = async (page: Page) => page.locator('.row-chevron').first().click();
const firstRowButton = async (page: Page) => page.locator('tbody tr').nth(1).getByRole('button').first().click();
const aKey = async (page: Page) => {
  await press('key-new')(page);
  await page.getByTestId('key-name').fill('Warehouse export');
  await page.getByTestId('scope-insights:read').check();
};
const madeKey = async (page: Page) => {
  await aKey(page);
  await page.getByTestId('key-make').click();
  await page.getByTestId('secret').waitFor();
};
const ownNames = async (page: Page) => page.getByTestId('general').locator('input[type=checkbox]').check();
const deleted = async (page: Page) => {
  await press('organization-delete')(page);
  await page.getByTestId('confirm-name').fill('Inlay demo');
  await page.getByTestId('confirm').click();
  await page.getByTestId('organization-keep').waitFor();
};

/** Every section of the settings and the operations screen, wide and narrow, in each language and theme. */
const SECTIONS = [
  'general',
  'members',
  'invitations',
  'clients',
  'spending',
  'api-keys',
  'webhooks',
  'embeds',
  'audit',
  'support',
  'data',
  'browser',
];
const everySection = SECTIONS.flatMap((section): Look[] => [
  { name: `settings-${section}`, path: `/settings/${section}`, width: 1440 },
  { name: `settings-${section}-dark-fr-768`, path: `/settings/${section}`, width: 768, dark: true, locale: 'fr' },
  { name: `settings-${section}-ar-360`, path: `/settings/${section}`, width: 360, locale: 'ar' },
]);

export const organizationLooks: Look[] = [
  ...everySection,
  { name: 'settings-general-names', path: '/settings/general', width: 1440, act: ownNames },
  { name: 'settings-general-analyst', path: '/settings', width: 1440, looker: 'analyst' },
  { name: 'settings-client', path: '/settings', width: 1440, looker: 'client' },
  { name: 'settings-closed', path: '/settings/api-keys', width: 1440, looker: 'analyst' },
  { name: 'settings-members-360', path: '/settings/members', width: 360 },
  { name: 'settings-members-alone', path: '/settings/members', width: 768, empty: true },
  { name: 'settings-members-change', path: '/settings/members', width: 1440, act: firstRowButton, full: false },
  { name: 'settings-invite-fr', path: '/settings/invitations', width: 768, locale: 'fr', act: press('invite'), full: false },
  { name: 'settings-invitations-empty', path: '/settings/invitations', width: 1440, empty: true },
  { name: 'settings-client-form', path: '/settings/clients', width: 1440, act: firstRowButton, full: false },
  { name: 'settings-client-form-ar', path: '/settings/clients', width: 360, locale: 'ar', dark: true, act: firstRowButton, full: false },
  { name: 'settings-limit-form', path: '/settings/spending', width: 1440, act: press('limit-edit-EUR'), full: false },
  {
    name: 'settings-limit-form-ar-360',
    path: '/settings/spending',
    width: 360,
    locale: 'ar',
    dark: true,
    act: press('limit-add'),
    full: false,
  },
  { name: 'settings-spending-empty', path: '/settings/spending', width: 768, empty: true },
  { name: 'settings-clients-empty', path: '/settings/clients', width: 360, empty: true },
  { name: 'settings-key-form', path: '/settings/api-keys', width: 1440, act: aKey, full: false },
  { name: 'settings-key-form-ar-360', path: '/settings/api-keys', width: 360, locale: 'ar', act: aKey, full: false },
  { name: 'settings-key-made', path: '/settings/api-keys', width: 1440, dark: true, act: madeKey, full: false },
  { name: 'settings-key-details', path: '/settings/api-keys', width: 1440, act: openRow },
  { name: 'settings-keys-empty', path: '/settings/api-keys', width: 1440, empty: true },
  { name: 'settings-webhook-form', path: '/settings/webhooks', width: 1440, act: press('webhook-add'), full: false },
  {
    name: 'settings-webhook-tries',
    path: '/settings/webhooks',
    width: 1440,
    act: async (page) => page.locator('.row-chevron').nth(2).click(),
  },
  { name: 'settings-audit-details', path: '/settings/audit', width: 1440, act: openRow },
  {
    name: 'settings-audit-broken-fr',
    path: '/settings/audit',
    width: 768,
    locale: 'fr',
    act: async (page) => {
      await page.locator('.page-head select').nth(1).selectOption('privacy');
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'settings-support-grant', path: '/settings/support', width: 1440, act: press('support-grant'), full: false },
  { name: 'settings-delete', path: '/settings/data', width: 1440, act: press('organization-delete'), full: false },
  { name: 'settings-deleted', path: '/settings/data', width: 1440, act: deleted },
  { name: 'operations', path: '/operations', width: 1440, looker: 'staff' },
  { name: 'operations-dark-fr-768', path: '/operations', width: 768, looker: 'staff', dark: true, locale: 'fr' },
  { name: 'operations-ar-360', path: '/operations', width: 360, looker: 'staff', locale: 'ar' },
  {
    name: 'operations-replay',
    path: '/operations',
    width: 1440,
    looker: 'staff',
    full: false,
    act: async (page) => page.getByTestId('dead-letters').locator('tbody button').first().click(),
  },
  { name: 'operations-empty', path: '/operations', width: 1440, looker: 'staff', empty: true },
];
