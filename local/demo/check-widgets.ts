import * as embeds from '#shared/contracts/embeds.ts';
import type { SignedIn } from '../demo-member.ts';
import { control } from '../sandbox-control.ts';
import { DEMO_SHOP } from '../seed-demo.ts';
import type { Stack } from '../stack.ts';
import { halfEven, type HandCalculation, type HandLead } from './hand-calculation.ts';
import { readTiles, type Tile } from './read-widget.ts';
import { CREATOR, EXPECTED_CLICKS } from './sell.ts';
import type { ExtensionBrowser } from './signed-in-browser.ts';

export interface WidgetCheck {
  checked: number;
  wrong: number;
  examples: string[];
}

const PORTAL = '4242';
const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });
const money = (minor: number): string => euros.format(minor / 100);

/** Public keys for the two host pages, as an owner makes them in settings and pastes them into the page. */
export async function allowWidgets(stack: Stack, member: SignedIn): Promise<void> {
  const lead = await member.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://app.hubspot.com' } });
  const stats = await member.api.call(embeds.createEmbedKey, { body: { kind: 'affiliate-stats', origin: `https://${DEMO_SHOP}` } });
  await control(stack.sandbox, 'PUT', 'host-pages/config', { hubspot: { key: lead.publicKey }, shopify: { key: stats.publicKey } });
}

/** The id of this person's contact; made where the CRM has none. */
export async function addContact(stack: Stack, email: string): Promise<string> {
  const { results } = await control<{ results: { id: string; properties: { email?: string | null } }[] }>(
    stack.sandbox,
    'GET',
    'hubspot/contacts',
  );
  const known = results.find(({ properties }) => properties.email === email);
  if (known) return known.id;
  const { id } = await control<{ id: string }>(stack.sandbox, 'POST', 'hubspot/contacts', {
    email,
    firstname: 'Lead',
    lastname: (email.split('@')[0] ?? '').replace('lead-', ''),
  });
  return String(id);
}
export const contactPage = (contactId: string, more = ''): string =>
  `https://app.hubspot.com/contacts/${PORTAL}/record/0-1/${contactId}${more}`;

/** One contact each of: a buyer who sent something back, a buyer, a lead who bought nothing. */
export function chooseLeads(hand: HandCalculation): HandLead[] {
  const pick = (is: (lead: HandLead) => boolean): HandLead[] =>
    hand.leads
      .filter(is)
      .toSorted((a, b) => b.dayLeads - a.dayLeads || (a.email < b.email ? -1 : 1))
      .slice(0, 1);
  return [
    ...pick((lead) => lead.refundedMinor > 0 && lead.refundedMinor < lead.wonMinor),
    ...pick((lead) => lead.wonMinor > 0 && lead.refundedMinor === 0),
    ...pick((lead) => lead.orders === 0),
  ];
}

/** The lead card on the contact's page against cost, return and ROAS by hand. */
export async function checkLeadCards(stack: Stack, browser: ExtensionBrowser, hand: HandCalculation): Promise<WidgetCheck> {
  const check: WidgetCheck = { checked: 0, wrong: 0, examples: [] };
  for (const lead of chooseLeads(hand)) {
    const page = await browser.page(contactPage(await addContact(stack, lead.email)));
    await page.bringToFront();
    note(check, lead.email, await readTiles(page, 'inlay-lead-roas'), leadTexts(lead));
    await page.close();
  }
  if (check.checked === 0) check.examples.push('there was no lead to look at');
  return check;
}

/** The day's spend is shared out to the last cent, so a lead's part is the quotient or one cent more: two right answers, each with its own ROAS. */
function leadTexts({ daySpendMinor, dayLeads, wonMinor, refundedMinor }: HandLead): string[][] {
  const least = Math.floor(daySpendMinor / dayLeads);
  const parts = daySpendMinor % dayLeads === 0 ? [least] : [least, least + 1];
  return parts.map((cost) => [
    money(cost),
    money(wonMinor),
    `${(halfEven((wonMinor - refundedMinor) * 1000, cost) / 1000).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}×`,
  ]);
}

/** The creator signs in to the shop and looks at a product's page. */
export async function checkCreatorStats(browser: ExtensionBrowser, { creator }: HandCalculation): Promise<WidgetCheck> {
  const check: WidgetCheck = { checked: 0, wrong: 0, examples: [] };
  const page = await openAsCreator(browser);
  const commission = money(creator.commissionMinor);
  note(check, CREATOR.name, await readTiles(page, 'inlay-affiliate-stats'), [
    [String(EXPECTED_CLICKS), String(creator.orders), money(creator.netSalesMinor), commission, commission],
  ]);
  await page.close();
  return check;
}

export async function openAsCreator(
  browser: Pick<ExtensionBrowser, 'page'>,
  query = '',
): Promise<Awaited<ReturnType<ExtensionBrowser['page']>>> {
  const page = await browser.page(`https://${DEMO_SHOP}/account${query}`);
  await page.bringToFront();
  if ((await page.locator('input[name=email][type=email]').count()) > 0) {
    await page.locator('input[name=email]').fill(CREATOR.email);
    await Promise.all([page.waitForURL(/\/account/), page.locator('main form button[type=submit]').click()]);
  }
  await page.goto(`https://${DEMO_SHOP}/products/field-tote${query}`);
  await page.locator('inlay-affiliate-stats').scrollIntoViewIfNeeded();
  return page;
}

function note(check: WidgetCheck, who: string, tiles: readonly Tile[], right: readonly string[][]): void {
  const shown = tiles.map((tile) => tile.figure);
  check.checked += shown.length;
  const wrong = Math.min(
    ...right.map((wanted) => wanted.filter((text, i) => shown[i] !== text).length + Math.abs(shown.length - wanted.length)),
  );
  check.wrong += wrong;
  if (wrong > 0) check.examples.push(`${who}: shows ${shown.join(' | ')}, right is ${right.map((one) => one.join(' | ')).join(' or ')}`);
}
