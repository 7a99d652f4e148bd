import { accountByUrn } from './access.ts';
import { keyAt, type Json, type LiCall } from './li-call.ts';
import { badRequest, notFound } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { offsetPage } from './paging.ts';
import { allowOnly, recordOf, textOf } from './query-values.ts';
import { isListed, show } from './show.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { ok, type Handler, type LiWorld } from './world.ts';

export interface NewLead {
  formId: string;
  /** Number or URN of the creative it came from. */
  creativeId?: string;
  /** Answers by the question's name: `{ email: 'lead-17@example.com' }`. */
  fields: Record<string, string>;
  /** ISO time; default now. */
  submittedAt?: string;
  isTest?: boolean;
}

interface Question {
  questionId: number;
  name: string;
}

const questionsOf = (form: LiObject): Question[] => ((form.fields['content'] as Json | undefined)?.['questions'] ?? []) as Question[];

/** Makes a lead as if somebody had sent the form, and tells the webhooks. */
export function addLead(world: LiWorld, wish: NewLead, requestId = 'sandbox'): LiObject {
  const form = world.store.all('form').find((one) => one.id === wish.formId);
  if (form === undefined) throw badRequest(`There is no lead form ${wish.formId}`);
  const creative =
    wish.creativeId === undefined
      ? null
      : world.store.all('creative').find((one) => one.id === wish.creativeId || one.urn === wish.creativeId);
  if (creative === undefined) throw badRequest(`There is no creative ${String(wish.creativeId)}`);
  const questions = questionsOf(form);
  const answers = Object.entries(wish.fields).map(([name, answer]) => {
    const question = questions.find((one) => one.name === name);
    if (question === undefined) throw badRequest(`The form has no question ${name}`);
    return { questionId: question.questionId, name, answerDetails: { textQuestionAnswer: { answer } } };
  });
  const submittedAt = wish.submittedAt === undefined ? world.core.now() : Date.parse(wish.submittedAt);
  const lead = makeObject(
    world,
    {
      kind: 'lead',
      type: 'leadGenFormResponse',
      accountId: form.accountId,
      id: `L${world.core.nextId('6')}`,
      createdAt: submittedAt,
      fields: {
        owner: form.fields['owner'],
        leadType: 'SPONSORED',
        versionedLeadGenFormUrn: `urn:li:versionedLeadGenForm:(urn:li:leadGenForm:${form.id},1)`,
        submittedAt,
        testLead: wish.isTest === true,
        ...(creative === null
          ? {}
          : {
              associatedEntity: { associatedCreative: creative.urn },
              leadMetadata: { sponsoredLeadMetadata: { campaign: creative.fields['campaign'] } },
            }),
        formResponse: { answers, consentResponses: [] },
      },
    },
    { requestId },
  );
  world.announceLead(lead, 'CREATED');
  return lead;
}

/** The person takes the answers back: the response is gone and the webhooks hear DELETED. */
export function deleteLead(world: LiWorld, id: string): void {
  const lead = world.store.all('lead').find((one) => one.id === id || one.urn === id);
  if (lead === undefined) throw badRequest(`There is no lead ${id}`);
  world.store.remove(lead);
  world.announceLead(lead, 'DELETED');
  world.core.touch();
}

/** `owner=(sponsoredAccount:urn)`, as far as the member may see it. */
function ownerOf(world: LiWorld, call: LiCall, who: LiToken): LiObject {
  const owner = recordOf(call, 'owner');
  if (owner === null) throw badRequest("Parameter 'owner' is required");
  return accountByUrn(world, who, owner['sponsoredAccount'], 'read');
}

const findForms: Handler = (world, call, who) => {
  allowOnly(call, ['owner', 'start', 'count']);
  const account = ownerOf(world, call, who);
  const { elements, paging } = offsetPage(
    call,
    world.store.inAccount('form', account.id).filter((one) => isListed(world, one)),
  );
  return ok({ elements: elements.map((one) => show(world, one)), paging });
};

const readForm: Handler = (world, call, who) => {
  const form = world.store.all('form').find((one) => one.id === keyAt(call, 0));
  if (form === undefined) throw notFound(keyAt(call, 0));
  accountByUrn(world, who, `urn:li:sponsoredAccount:${form.accountId ?? ''}`, 'read');
  return ok(show(world, form));
};

/** [D] Responses are kept 365 days; the list is the newest first. */
const KEPT_MS = 365 * 86_400_000;

const findResponses: Handler = (world, call, who) => {
  allowOnly(call, ['owner', 'leadType', 'versionedLeadGenFormUrn', 'limitedToTestLeads', 'submittedAtTimeRange', 'start', 'count']);
  const account = ownerOf(world, call, who);
  const leadType = recordOf(call, 'leadType');
  if (leadType?.['leadType'] !== 'SPONSORED') throw badRequest("Parameter 'leadType' must be (leadType:SPONSORED)");
  const form = textOf(call, 'versionedLeadGenFormUrn');
  const isTestOnly = textOf(call, 'limitedToTestLeads') === 'true';
  const { start = '0', end = '9'.repeat(15) } = (recordOf(call, 'submittedAtTimeRange') ?? {}) as { start?: string; end?: string };
  const oldest = Math.max(Number(start), world.core.now() - KEPT_MS);
  const found = world.store
    .inAccount('lead', account.id)
    .filter((one) => isListed(world, one) && one.createdAt >= oldest && one.createdAt < Number(end))
    .filter((one) => (form === null || one.fields['versionedLeadGenFormUrn'] === form) && (!isTestOnly || one.fields['testLead'] === true))
    .reverse();
  const { elements, paging } = offsetPage(call, found);
  return ok({ elements: elements.map((one) => show(world, one)), paging });
};

const readResponse: Handler = (world, call, who) => {
  const key = keyAt(call, 0);
  const lead = world.store.all('lead').find((one) => one.id === key || one.urn === key);
  if (lead === undefined) throw notFound(key);
  accountByUrn(world, who, `urn:li:sponsoredAccount:${lead.accountId ?? ''}`, 'read');
  return ok(show(world, lead));
};

export const LEADS: Record<string, Handler> = {
  'FINDER owner leadForms': findForms,
  'GET leadForms/{}': readForm,
  'FINDER owner leadFormResponses': findResponses,
  'GET leadFormResponses/{}': readResponse,
};
