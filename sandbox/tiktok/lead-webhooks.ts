import type { SandboxCore } from '../core/vendor.ts';
import { leadMeta } from './leads.ts';
import { showTime } from './params.ts';
import type { TiktokObject } from './store.ts';
import type { TiktokWorld } from './world.ts';

export interface Subscription {
  subscription_id: string;
  callback_url: string;
  advertiser_id: string;
  page_id: string | null;
  lead_source: string;
}

export interface LeadAnnouncer {
  announce(lead: TiktokObject): void;
  /** Forgets what was not sent yet. */
  clear(): void;
}

/** Events that happen close together travel in one delivery, one entry each [K]. */
const GATHER_MS = 25;
const MOST_ENTRIES = 4;

/** What `object` says for leads. Unverified [T: numbers exist, K: which is which]. */
const LEAD_OBJECT = 1;

/** Our own callback is registered under its public name; here the Worker listens elsewhere. */
function addressOf(core: SandboxCore, callbackUrl: string): string | null {
  const { pathname, search, hostname } = new URL(callbackUrl);
  if (hostname === '127.0.0.1' || hostname === 'localhost') return callbackUrl;
  const origin = core.workerOrigin();
  return origin === null ? null : `${origin}${pathname}${search}`;
}

function entryOf(world: TiktokWorld, lead: TiktokObject): Record<string, unknown> {
  const { lead_id: id, ...meta } = leadMeta(world, lead);
  const form = world.store.find('form', String(lead.fields['page_id']));
  const advertiser = world.store.find('advertiser', String(lead.advertiserId));
  const changes = Object.entries(lead.fields['answers'] as Record<string, string>).map(([field, value]) => ({ field, value }));
  return {
    id,
    ...meta,
    page_name: form?.fields['title'],
    advertiser_id: lead.advertiserId,
    advertiser_name: advertiser?.fields['name'],
    changes,
  };
}

/**
 * Tells subscribers about leads. Nothing signs these deliveries [T]: only a secret in the callback's path and a second read tell
 * a true one from a false one. Repeats come for as long as 72 hours [K]; here they are the plan's duplicates and the retries.
 */
export function createLeadAnnouncer(core: SandboxCore, worldOf: () => TiktokWorld): LeadAnnouncer {
  let waiting: { lead: TiktokObject; to: Subscription }[] = [];

  const send = (): void => {
    const world = worldOf();
    const gathered = waiting;
    waiting = [];
    for (const to of new Set(gathered.map((one) => one.to))) {
      const url = addressOf(core, to.callback_url);
      if (url === null) continue;
      const own = gathered.filter((one) => one.to === to);
      for (let at = 0; at < own.length; at += MOST_ENTRIES) {
        const body = JSON.stringify({
          request_id: core.nextId(),
          object: LEAD_OBJECT,
          time: showTime(core.now()),
          entry: own.slice(at, at + MOST_ENTRIES).map(({ lead }) => entryOf(world, lead)),
        });
        core.deliver({ vendor: 'tiktok', url, headers: { 'content-type': 'application/json' }, body });
      }
    }
  };

  return {
    announce(lead) {
      const isFirst = waiting.length === 0;
      for (const to of worldOf().subscriptions.values()) {
        if (to.advertiser_id === lead.advertiserId && (to.page_id === null || to.page_id === lead.fields['page_id']))
          waiting.push({ lead, to });
      }
      if (isFirst && waiting.length > 0) core.later(GATHER_MS, send);
    },
    clear() {
      waiting = [];
    },
  };
}
