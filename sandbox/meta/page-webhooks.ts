import { createHmac } from 'node:crypto';
import { escapedJson } from '../core/escaped-json.ts';
import type { SandboxCore } from '../core/vendor.ts';
import type { GraphObject } from './store.ts';
import { META_APP } from './tokens.ts';

/** Events that happen close together travel in one delivery, one entry each. */
const GATHER_MS = 25;
const MOST_ENTRIES = 4;

export function signPageWebhook(body: string): string {
  return `sha256=${createHmac('sha256', META_APP.secret).update(body).digest('hex')}`;
}

/** `adgroup_id` is the ad's older name and carries the same id. */
function entryOf(lead: GraphObject): Record<string, unknown> {
  const seconds = Math.floor(lead.createdAt / 1000);
  const { form_id, page_id, ad_id } = lead.fields;
  const value = {
    leadgen_id: lead.id,
    page_id,
    form_id,
    ...(ad_id === undefined ? {} : { adgroup_id: ad_id, ad_id }),
    created_time: seconds,
  };
  return { id: page_id, time: seconds, changes: [{ field: 'leadgen', value }] };
}

export interface LeadAnnouncer {
  announce(lead: GraphObject): void;
  /** Forgets what was not sent yet. */
  clear(): void;
}

/** Tells the Worker about leads, in the platform's shape and signature. */
export function createLeadAnnouncer(core: SandboxCore, subscribedPages: ReadonlySet<string>): LeadAnnouncer {
  let waiting: GraphObject[] = [];

  const send = (): void => {
    const origin = core.workerOrigin();
    const leads = waiting;
    waiting = [];
    if (origin === null) return;
    for (let at = 0; at < leads.length; at += MOST_ENTRIES) {
      const body = escapedJson({ object: 'page', entry: leads.slice(at, at + MOST_ENTRIES).map(entryOf) });
      core.deliver({
        vendor: 'meta',
        url: `${origin}/webhooks/meta`,
        headers: { 'content-type': 'application/json', 'user-agent': 'facebookexternalua', 'x-hub-signature-256': signPageWebhook(body) },
        body,
      });
    }
  };

  return {
    announce(lead) {
      if (!subscribedPages.has(String(lead.fields['page_id']))) return;
      waiting.push(lead);
      if (waiting.length === 1) core.later(GATHER_MS, send);
    },
    clear() {
      waiting = [];
    },
  };
}

/** The one-time handshake of a callback address: true when the challenge comes back. */
export async function verifyCallback(core: SandboxCore): Promise<{ ok: boolean; status: number | null }> {
  const origin = core.workerOrigin();
  if (origin === null) return { ok: false, status: null };
  const challenge = core.nextId();
  const query = new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.verify_token': META_APP.verifyToken, 'hub.challenge': challenge });
  const answer = await fetch(`${origin}/webhooks/meta?${query.toString()}`);
  return { ok: answer.ok && (await answer.text()) === challenge, status: answer.status };
}
