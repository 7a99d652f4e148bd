import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SandboxCore } from '../core/vendor.ts';
import { isValidated } from './notifications.ts';
import type { LiObject, LiStore } from './store.ts';
import { LINKEDIN_APP } from './tokens.ts';
import { urnOf } from './urn.ts';

/** [D] So long a webhook may think about its challenge. */
const ANSWER_WITHIN_MS = 3000;

/** [D] Hex HMAC over the words "hmacsha256=" and the raw body. */
export function signLeadEvent(body: string): string {
  return createHmac('sha256', LINKEDIN_APP.secret).update(`hmacsha256=${body}`).digest('hex');
}

/** The Worker here lives on a changing port: every address that is not on this machine means it. */
function reachable(core: SandboxCore, webhook: string): string | null {
  const url = new URL(webhook);
  if (url.hostname === '127.0.0.1' || url.hostname === 'localhost') return url.href;
  const origin = core.workerOrigin();
  return origin === null ? null : new URL(url.pathname + url.search, origin).href;
}

interface ChallengeAnswer {
  challengeCode?: unknown;
  challengeResponse?: unknown;
}

function isProof(answer: ChallengeAnswer, code: string): boolean {
  const wanted = Buffer.from(createHmac('sha256', LINKEDIN_APP.secret).update(code).digest('hex'));
  const said = Buffer.from(String(answer.challengeResponse));
  return answer.challengeCode === code && said.length === wanted.length && timingSafeEqual(said, wanted);
}

/** GET webhook?challengeCode=…&applicationId=…: true when the proof comes within three seconds. */
export async function challengeWebhook(core: SandboxCore, webhook: string): Promise<boolean> {
  const address = reachable(core, webhook);
  if (address === null) return false;
  const id = core.nextId('8');
  const code = `${id.slice(0, 8)}-0000-4000-8000-${id.slice(3).padStart(12, '0')}`;
  const url = new URL(address);
  url.searchParams.set('challengeCode', code);
  url.searchParams.set('applicationId', LINKEDIN_APP.applicationId);
  const asked = core.now();
  try {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body = (await answer.json()) as ChallengeAnswer;
    return answer.ok && core.now() - asked <= ANSWER_WITHIN_MS && isProof(body, code);
  } catch {
    return false; // nobody there, too slow, or no JSON: the challenge is lost
  }
}

function fits(notification: LiObject, lead: LiObject): boolean {
  const { versionedForm, associatedEntity } = notification.fields;
  if (versionedForm !== undefined && versionedForm !== lead.fields['versionedLeadGenFormUrn']) return false;
  return associatedEntity === undefined || JSON.stringify(associatedEntity) === JSON.stringify(lead.fields['associatedEntity']);
}

/** Tells every validated webhook of the owner about a lead, in the platform's shape and signature. Repeats come from the weather. */
export function announceLead(core: SandboxCore, store: LiStore, lead: LiObject, action: 'CREATED' | 'DELETED'): void {
  const formId = /leadGenForm:(\d+)/.exec(String(lead.fields['versionedLeadGenFormUrn']))?.[1] ?? '';
  for (const notification of store.inAccount('notification', lead.accountId ?? '')) {
    if (!isValidated(notification) || !fits(notification, lead)) continue;
    const url = reachable(core, String(notification.fields['webhook']));
    if (url === null) continue;
    const { associatedEntity } = lead.fields;
    const body = JSON.stringify({
      type: 'LEAD_ACTION',
      leadGenFormResponse: lead.urn,
      leadGenForm: urnOf('leadGenForm', formId),
      owner: lead.fields['owner'],
      ...(associatedEntity === undefined ? {} : { associatedEntity }),
      leadType: 'SPONSORED',
      leadAction: action,
      occurredAt: core.now(),
    });
    core.deliver({ vendor: 'linkedin', url, headers: { 'content-type': 'application/json', 'x-li-signature': signLeadEvent(body) }, body });
  }
}
