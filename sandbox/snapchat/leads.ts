import { createHmac } from 'node:crypto';
import { makeObject } from './make-object.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

export interface NewLead {
  formId: string;
  adId?: string;
  /** Answers by field name: `{ email: 'lead-17@example.com', first_name: '…', custom_field_1: '…' }`. */
  fields: Record<string, string>;
  /** ISO time; default now. */
  createdTime?: string;
}

/** Names that a delivery may carry (facts file). */
const LEAD_FIELDS =
  /^(first_name|last_name|email|phone_number|postal_code|address_line_[12]|address_level_[12]|birthday|job_title|company_name|custom_field_[1-8]|consent_[12]|lead_preferred_status)$/;

/** Makes a lead as if somebody had sent the form, and tells the form's webhook when it has one. There is no backfill [T]. */
export function addLead(world: SnapWorld, wish: NewLead): SnapObject {
  const form = world.store.find('form', wish.formId);
  if (form === undefined) throw new Error(`there is no lead form ${wish.formId}`);
  const ad = wish.adId === undefined ? undefined : world.store.find('ad', wish.adId);
  if (wish.adId !== undefined && ad === undefined) throw new Error(`there is no ad ${wish.adId}`);
  const unknown = Object.keys(wish.fields).find((name) => !LEAD_FIELDS.test(name));
  if (unknown !== undefined) throw new Error(`${unknown} is not a field of a lead`);
  const lead = makeObject(
    world,
    'lead',
    form.accountId,
    { ...originOf(world, form, ad), ...wish.fields },
    'sandbox',
    wish.createdTime === undefined ? {} : { createdAt: Date.parse(wish.createdTime) },
  );
  lead.fields['lead_id'] = lead.id;
  lead.fields['create_time'] = lead.createdAt;
  const integration = integrationOf(world, form.id);
  if (integration !== undefined) deliverLead(world, integration, lead.fields);
  return lead;
}

function originOf(world: SnapWorld, form: SnapObject, ad: SnapObject | undefined): Json {
  const squad = world.store.find('adsquad', ad?.fields['ad_squad_id']);
  const campaign = world.store.find('campaign', squad?.fields['campaign_id']);
  return {
    form_id: form.id,
    form_name: form.fields['name'],
    ad_account_id: form.accountId,
    campaign_id: campaign?.id ?? '',
    campaign_name: campaign?.fields['name'] ?? '',
    ad_squad_id: squad?.id ?? '',
    ad_squad_name: squad?.fields['name'] ?? '',
    ad_id: ad?.id ?? '',
    ad_name: ad?.fields['name'] ?? '',
  };
}

/** A form has at most one. */
export function integrationOf(world: SnapWorld, formId: string): SnapObject | undefined {
  return world.store.all('integration').find((one) => one.fields['form_id'] === formId && !one.deleted);
}

/** One delivery per lead. Nobody says how it is retried [K]: the sandbox's own pauses. */
export function deliverLead(world: SnapWorld, integration: SnapObject, lead: Json): void {
  const origin = world.core.workerOrigin();
  if (origin === null) return;
  const address = new URL(String(integration.fields['webhook_url']));
  const body = JSON.stringify(lead);
  world.core.deliver({
    vendor: 'snapchat',
    url: `${origin}${address.pathname}${address.search}`,
    headers: { 'content-type': 'application/json', ...signature(world, integration, body) },
    body,
  });
}

function signature(world: SnapWorld, integration: SnapObject, body: string): Record<string, string> {
  const wish = world.settings.leadSignature;
  if (wish === null) return {};
  const at = String(world.core.now());
  const proof = createHmac('sha256', String(integration.hidden['hmacSecret'])).update(`${at}.${body}`).digest('hex');
  return { [wish.header]: proof, [wish.timestampHeader]: at };
}

/** Leads of an account in a time, for the report. */
export function leadRows(world: SnapWorld, accountId: string, from: number, until: number): Json[] {
  const isWanted = (lead: SnapObject): boolean => lead.accountId === accountId && lead.createdAt >= from && lead.createdAt < until;
  return world.store
    .all('lead')
    .filter(isWanted)
    .map((lead) => lead.fields);
}
