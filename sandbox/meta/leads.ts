import { invalidParameter, missingParameter } from './graph-error.ts';
import { makeObject } from './make-object.ts';
import { list } from './params.ts';
import type { GraphObject } from './store.ts';
import type { Handler, MetaWorld } from './world.ts';

export interface NewLead {
  formId: string;
  adId?: string;
  /** Answers by question key: `{ email: 'lead-17@example.com', full_name: '…' }`. */
  fields: Record<string, string | string[]>;
  /** ISO time; default now. */
  createdTime?: string;
  isTest?: boolean;
}

/** Makes a lead as if somebody had sent the form, and tells the page's subscribers. */
export function addLead(world: MetaWorld, wish: NewLead, requestId = 'sandbox'): GraphObject {
  const form = world.store.get(wish.formId);
  if (form?.kind !== 'form') throw invalidParameter(`There is no lead form ${wish.formId}.`);
  const ad = wish.adId === undefined ? null : world.store.get(wish.adId);
  if (ad !== null && ad?.kind !== 'ad') throw invalidParameter(`There is no ad ${String(wish.adId)}.`);
  const named = (id: unknown): unknown => world.store.get(String(id))?.fields['name'];
  const origin =
    ad === null
      ? { is_organic: true }
      : {
          is_organic: false,
          ad_id: ad.id,
          ad_name: ad.fields['name'],
          adset_id: ad.fields['adset_id'],
          adset_name: named(ad.fields['adset_id']),
          campaign_id: ad.fields['campaign_id'],
          campaign_name: named(ad.fields['campaign_id']),
        };
  const answers = Object.entries(wish.fields).map(([name, value]) => ({ name, values: Array.isArray(value) ? value : [value] }));
  const lead = makeObject(
    world,
    'lead',
    ad?.accountId ?? null,
    {
      form_id: form.id,
      page_id: form.fields['page_id'],
      ...origin,
      field_data: answers,
      platform: 'fb',
      ...(wish.isTest === true ? { isTest: true } : {}),
    },
    { requestId },
    wish.createdTime === undefined ? {} : { createdAt: Date.parse(wish.createdTime) },
  );
  world.announceLead(lead);
  return lead;
}

/** POST {form}/test_leads: one test lead per form, with dummy answers where none are given. */
export const createTestLead: Handler = (world, form, call) => {
  const known = world.store.all('lead').find((lead) => lead.fields['form_id'] === form.id && lead.fields['isTest'] === true);
  if (known !== undefined) throw invalidParameter('There is already a test lead for this form. Delete it first.', 1892181);
  const sent = (list(call.params, 'field_data') ?? []) as { name: string; values: string[] }[];
  const questions = form.fields['questions'] as { key: string }[];
  const dummies = Object.fromEntries(questions.map((question) => [question.key, `<test lead: dummy data for ${question.key}>`]));
  const answers = Object.fromEntries(sent.map((answer) => [answer.name, answer.values]));
  return { id: addLead(world, { formId: form.id, fields: { ...dummies, ...answers }, isTest: true }, call.requestId).id };
};

export const createForm: Handler = (world, page, call) => {
  const { name, questions } = call.params;
  if (typeof name !== 'string' || name === '') throw missingParameter('name');
  if (!Array.isArray(questions)) throw missingParameter('questions');
  const form = makeObject(
    world,
    'form',
    null,
    {
      name,
      page_id: page.id,
      status: 'ACTIVE',
      locale: 'en_US',
      leads_count: 0,
      questions: questions.map((question) => ({
        key: String((question as { type?: unknown }).type).toLowerCase(),
        ...(question as object),
      })),
    },
    call,
  );
  return { id: form.id };
};

export const deleteLead: Handler = (world, lead) => {
  world.store.remove(lead);
  world.core.touch();
  return { success: true };
};
