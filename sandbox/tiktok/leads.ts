import { findForm } from './lead-forms.ts';
import { makeObject, nextLongId } from './make-object.ts';
import { oneOf, showTime, text } from './params.ts';
import type { TiktokObject } from './store.ts';
import { findTask, requireResult, startTask, taskState, toCsv } from './tasks.ts';
import { CODES, parameterError, TiktokError } from './tiktok-error.ts';
import { FileAnswer, type Handler, type TiktokWorld } from './world.ts';

export interface NewLead {
  formId: string;
  adId?: string;
  /** Answers by question: `{ email: 'lead-17@example.com' }`. */
  fields: Record<string, string>;
  /** ISO time; default now. */
  createdTime?: string;
}

const nameOf = (world: TiktokWorld, kind: 'ad' | 'adgroup' | 'campaign', id: unknown): unknown =>
  world.store.find(kind, String(id))?.fields[`${kind}_name`];

/** Makes a lead as if somebody had sent the form, and tells the form's subscribers. */
export function addLead(world: TiktokWorld, wish: NewLead, requestId = 'sandbox'): TiktokObject {
  const form = world.store.find('form', wish.formId);
  if (form === undefined) throw new Error(`there is no lead form ${wish.formId}`);
  const ad = wish.adId === undefined ? null : world.store.find('ad', wish.adId);
  if (ad === undefined) throw new Error(`there is no ad ${String(wish.adId)}`);
  const origin = ad === null ? {} : { ad_id: ad.id, adgroup_id: ad.fields['adgroup_id'], campaign_id: ad.fields['campaign_id'] };
  const lead = makeObject(
    world,
    'lead',
    form.advertiserId,
    { page_id: form.id, lead_source: 'INSTANT_FORM', ...origin, answers: wish.fields },
    { requestId },
    { ...(wish.createdTime === undefined ? {} : { createdAt: Date.parse(wish.createdTime) }), id: nextLongId(world) },
  );
  world.announcer.announce(lead);
  return lead;
}

export function leadMeta(world: TiktokWorld, lead: TiktokObject): Record<string, unknown> {
  const { page_id, lead_source, campaign_id, adgroup_id, ad_id } = lead.fields;
  const ad =
    ad_id === undefined
      ? {}
      : {
          campaign_id,
          campaign_name: nameOf(world, 'campaign', campaign_id),
          adgroup_id,
          adgroup_name: nameOf(world, 'adgroup', adgroup_id),
          ad_id,
          ad_name: nameOf(world, 'ad', ad_id),
        };
  return { lead_source, lead_id: lead.id, page_id, ...ad, create_time: showTime(lead.createdAt) };
}

const showLead = (world: TiktokWorld, lead: TiktokObject): Record<string, unknown> => ({
  lead_data: lead.fields['answers'],
  meta_data: leadMeta(world, lead),
});

/**
 * GET lead/get/: one lead of a form. Unverified [K]: the known request shape [T] names no lead, which would make it useless for
 * reading a webhook again; `lead_id` is taken here, and without it the newest lead is answered.
 */
export const readLead: Handler = (world, { params }, { advertiserId }) => {
  const form = findForm(world, advertiserId, params);
  oneOf(params, 'lead_source', ['DIRECT_MESSAGE', 'INSTANT_FORM'] as const);
  const id = text(params, 'lead_id');
  const leads = world.store.all('lead').filter((lead) => lead.fields['page_id'] === form.id && lead.fields['isMock'] !== true);
  const lead = id === null ? leads.at(-1) : leads.find((one) => one.id === id);
  if (lead === undefined) throw new TiktokError(CODES.noSuchThing, 'The lead does not exist.');
  return showLead(world, lead);
};

/** States of an export in its own words [T]. */
const STATES = { QUEUING: 'CREATED', PROCESSING: 'RUNNING', SUCCESS: 'SUCCEED', FAILED: 'FAILED', CANCELED: 'FAILED' } as const;

/** POST page/lead/task/: without a task id it begins an export, with one it tells how far it is [T]. */
export const runLeadTask: Handler = (world, call, { advertiserId }) => {
  const { params } = call;
  if (text(params, 'task_id') === null) {
    const adId = text(params, 'ad_id');
    const asked = adId === null ? { page_id: findForm(world, advertiserId, params).id } : { ad_id: adId };
    if (adId !== null && world.store.find('ad', adId)?.advertiserId !== advertiserId) throw parameterError('ad_id: The ad does not exist.');
    return { task_id: startTask(world, call, advertiserId, 'leads', asked).id, status: 'CREATED' };
  }
  const task = findTask(world, advertiserId, params, 'leads');
  const state = STATES[taskState(world, task)];
  return { task_id: task.id, status: state, ...(state === 'SUCCEED' ? { file_name: `leads_${task.id}.csv`, file_type: 'csv' } : {}) };
};

const META = ['lead_id', 'create_time', 'campaign_id', 'campaign_name', 'adgroup_id', 'adgroup_name', 'ad_id', 'ad_name', 'page_id'];

/** GET page/lead/task/download/: a CSV, one column per question. */
export const downloadLeads: Handler = (world, { params }, { advertiserId }) => {
  const task = findTask(world, advertiserId, params, 'leads');
  requireResult(world, task);
  const asked = task.fields['asked'] as Record<string, string>;
  const [field, value] = Object.entries(asked)[0] ?? ['page_id', ''];
  const leads = world.store.all('lead').filter((lead) => lead.fields[field] === value && lead.fields['isMock'] !== true);
  const questions = [...new Set(leads.flatMap((lead) => Object.keys(lead.fields['answers'] as object)))];
  const rows = leads.map((lead) => {
    const meta = leadMeta(world, lead);
    const answers = lead.fields['answers'] as Record<string, string>;
    return [...META.map((name) => String(meta[name] ?? '')), ...questions.map((name) => answers[name] ?? '')];
  });
  return new FileAnswer(toCsv([[...META, ...questions], ...rows]), `leads_${task.id}.csv`);
};

const mockOf = (world: TiktokWorld, formId: string): TiktokObject | undefined =>
  world.store.all('lead').find((lead) => lead.fields['page_id'] === formId && lead.fields['isMock'] === true);

/** POST page/lead/mock/create/: one mock lead per form, announced like a true one. */
export const createMockLead: Handler = (world, call, { advertiserId }) => {
  const form = findForm(world, advertiserId, call.params);
  if (mockOf(world, form.id) !== undefined) throw parameterError('page_id: There is already a mock lead for this page.');
  const answers = Object.fromEntries((form.fields['questions'] as string[]).map((name) => [name, `mock ${name}`]));
  const lead = makeObject(world, 'lead', advertiserId, { page_id: form.id, lead_source: 'INSTANT_FORM', answers, isMock: true }, call);
  world.announcer.announce(lead);
  return showLead(world, lead);
};

export const readMockLead: Handler = (world, { params }, { advertiserId }) => {
  const lead = mockOf(world, findForm(world, advertiserId, params).id);
  if (lead === undefined) throw new TiktokError(CODES.noSuchThing, 'There is no mock lead for this page.');
  return showLead(world, lead);
};

export const deleteMockLead: Handler = (world, { params }, { advertiserId }) => {
  const lead = mockOf(world, findForm(world, advertiserId, params).id);
  if (lead === undefined) throw new TiktokError(CODES.noSuchThing, 'There is no mock lead for this page.');
  world.store.remove(lead);
  world.core.touch();
  return {};
};
