import * as affiliates from '#shared/contracts/affiliates.ts';
import * as connections from '#shared/contracts/connections.ts';
import * as embeds from '#shared/contracts/embeds.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { seededNumber } from '../sandbox/core/seeded.ts';
import { writeStory, type Story, type StoryLead } from '../sandbox/seed/demo-story.ts';
import { connect } from './connect.ts';
import { demoMember, type SignedIn } from './demo-member.ts';
import { control } from './sandbox-control.ts';
import type { Stack } from './stack.ts';
import { until } from './until.ts';

export const DEMO_SHOP = 'inlay-demo.myshopify.com';
export const DEMO_ACCOUNT = '1000000001';
export const DEMO_COUPON = 'CREATOR10';
/** The creator as a customer of the shop: who signs in with this address sees the creator's figures. */
export const DEMO_CREATOR = { id: '7001', email: 'creator@example.com' } as const;
const FORM = '108000000000001';
const STRONG_ADS = 8;

/** Leads and orders that were there before Inlay was connected; connecting reads them back from the platforms. */
async function tellStory(sandbox: Sandbox, seed: number): Promise<void> {
  const spending = sandbox.meta.ads
    .objects('ad', DEMO_ACCOUNT)
    .flatMap(({ id }) => ({ id, spend: sandbox.meta.ads.figures(id, null)?.spendMinor ?? 0 }))
    .sort((a, b) => b.spend - a.spend || (a.id < b.id ? -1 : 1))
    .slice(0, 24);
  // A few ads bring most of the people, as they do: enough to judge them, while the others stay "too few to say".
  const weightOf = (rank: number): number => (rank < STRONG_ADS ? 4 + 6 * seededNumber(seed, `strong ${rank}`) : 0.6);
  const story = writeStory(
    seed,
    spending.map((ad, rank) => ({ id: ad.id, weight: weightOf(rank) })),
    Date.now(),
    DEMO_COUPON,
  );
  for (const lead of story.leads) {
    sandbox.meta.addLead({
      formId: FORM,
      adId: lead.adId,
      createdTime: lead.submittedAt,
      fields: { email: lead.email, full_name: lead.name, phone_number: lead.phone },
    });
  }
  for (const order of story.orders) {
    const { order: made } = await control<{ order: { id: number; line_items: { id: number }[] } }>(sandbox, 'POST', 'shopify/orders', {
      email: order.email,
      createdAt: order.placedAt,
      currency: 'EUR',
      lines: order.lines,
      discount_codes: order.coupon ? [{ code: order.coupon, amount: '10.0', type: 'percentage' }] : [],
    });
    if (order.refundFirstLine)
      await control(sandbox, 'POST', `shopify/orders/${made.id}/refunds`, {
        lines: [{ lineId: String(made.line_items[0]?.id), quantity: 1 }],
      });
  }
  await meetInCrm(sandbox, story);
}

/** The contacts that the sandbox's front page links are people of the story: one who sent something back, two buyers, two who bought nothing. */
async function meetInCrm(sandbox: Sandbox, { leads, orders }: Story): Promise<void> {
  const ordersOf = ({ email }: StoryLead) => orders.filter((order) => order.email === email);
  const sentBack = leads.filter((lead) => ordersOf(lead).some((order) => order.refundFirstLine));
  const bought = leads.filter((lead) => ordersOf(lead).length > 0 && !sentBack.includes(lead));
  const neither = leads.filter((lead) => ordersOf(lead).length === 0);
  const people = [...sentBack.slice(0, 1), ...bought.slice(0, 2), ...neither.slice(0, 2)];
  const contacts = sandbox.hubspot.contacts();
  for (const [n, lead] of people.entries())
    await control(sandbox, 'PATCH', `hubspot/contacts/${contacts[n]?.id}`, {
      email: lead.email,
      firstname: 'Lead',
      lastname: lead.name.replace('Lead ', ''),
      phone: lead.phone,
    });
}

/** Connects everything a demo organization has and gives the host pages their widget keys. Every step goes through the product's own API. */
export async function connectEverything(stack: Stack, member: SignedIn): Promise<void> {
  await member.api.call(organizations.updateOrganization, { body: { targetRoasMilli: 2000, floorRoasMilli: 1000 } });
  await member.api.call(affiliates.saveProgram, {
    body: { name: 'Creator program', shop: DEMO_SHOP, currency: 'EUR', ratePercent: '10', windowDays: 30, allowedDomains: [DEMO_SHOP] },
  });
  await member.api.call(affiliates.addAffiliate, {
    body: {
      name: 'Demo creator',
      code: 'demo-creator',
      destination: `https://${DEMO_SHOP}/products/field-notebook`,
      coupon: DEMO_COUPON,
      shopCustomerId: DEMO_CREATOR.id,
    },
  });
  await Promise.all([connect(member, 'meta'), connect(member, 'shopify', DEMO_SHOP), connect(member, 'hubspot')]);
  const leadKey = await member.api.call(embeds.createEmbedKey, { body: { kind: 'lead-roas', origin: 'https://app.hubspot.com' } });
  const statsKey = await member.api.call(embeds.createEmbedKey, { body: { kind: 'affiliate-stats', origin: `https://${DEMO_SHOP}` } });
  await control(stack.sandbox, 'PUT', 'host-pages/config', { hubspot: { key: leadKey.publicKey }, shopify: { key: statsKey.publicKey } });
}

/** Two buyers with the creator's coupon, after the program opened: earlier sales earn nothing. They arrive by webhook like any order. */
async function sellThroughCreator(sandbox: Sandbox): Promise<void> {
  for (const n of [1, 2]) {
    await control(sandbox, 'POST', 'shopify/orders', {
      email: `fan-${n}@example.com`,
      currency: 'EUR',
      lines: [{ title: 'Field notebook', sku: 'NB-1', price: '24.90', quantity: n }],
      discount_codes: [{ code: DEMO_COUPON, amount: '10.0', type: 'percentage' }],
    });
  }
}

/** People follow the creator's link; each browser counts once an hour. */
async function visitCreator(stack: Stack): Promise<void> {
  for (let visitor = 1; visitor <= 37; visitor++)
    await fetch(`${stack.origin}/r/demo-creator`, {
      redirect: 'manual',
      headers: { 'user-agent': `Mozilla/5.0 (X11; Linux x86_64; rv:${115 + visitor}.0) Gecko/20100101 Firefox/${115 + visitor}.0` },
    });
}

/** One demo organization on the sandbox's demo ad account; done once per data folder. Resolves when its figures can be looked up. */
export async function seedDemo(stack: Stack, seed: number): Promise<SignedIn> {
  const known = await stack.query<{ n: number }>(`select count(*)::int as n from users where email_key = 'demo@inlay.test'`);
  const member = await demoMember(stack);
  if (known[0]?.n) return member;
  await tellStory(stack.sandbox, seed);
  await control(stack.sandbox, 'POST', 'shopify/customers', { ...DEMO_CREATOR, firstName: 'Demo', lastName: 'creator' });
  await connectEverything(stack, member);
  await visitCreator(stack);
  await sellThroughCreator(stack.sandbox);
  await until(
    'the first read of the ad account',
    async () => {
      const { adAccounts } = await member.api.call(connections.listAdAccounts, {});
      return adAccounts.find((account) => account.externalId === DEMO_ACCOUNT)?.insightsSyncedAt;
    },
    60_000,
  );
  return member;
}
