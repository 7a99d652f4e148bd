import { signedHeaders } from './signature.ts';
import { APP_ID, type HubspotStore, type Portal } from './store.ts';

export interface HubspotEvent {
  subscriptionType: string;
  objectId: number;
  changeSource: string;
  changeFlag?: string;
  propertyName?: string;
  propertyValue?: string;
  primaryObjectId?: number;
  mergedObjectIds?: number[];
}

const GATHER_MS = 20;
const MAX_EVENTS = 100;
const waiting = new WeakMap<HubspotStore, object[]>();

/** Adds an event to the next delivery: one JSON array of up to 100 events, signed for the registered address. */
export function announce(store: HubspotStore, portal: Portal, event: HubspotEvent): void {
  if (store.core.workerOrigin() === null) return;
  const events = waiting.get(store) ?? [];
  if (!waiting.has(store)) {
    waiting.set(store, events);
    store.core.later(GATHER_MS, () => flush(store));
  }
  events.push({
    eventId: Number(store.core.nextId('1').slice(-9)),
    subscriptionId: subscriptionId(event),
    portalId: portal.id,
    appId: APP_ID,
    occurredAt: store.core.now(),
    attemptNumber: 0,
    ...event,
  });
  if (events.length >= MAX_EVENTS) flush(store);
}

/** One subscription per kind of event and property, as a project file would declare them. */
function subscriptionId({ subscriptionType, propertyName = '' }: HubspotEvent): number {
  let hash = 7;
  for (const char of subscriptionType + propertyName) hash = (hash * 31 + char.charCodeAt(0)) % 900_000;
  return 100_000 + hash;
}

function flush(store: HubspotStore): void {
  const events = waiting.get(store);
  waiting.delete(store);
  const origin = store.core.workerOrigin();
  if (!events || events.length === 0 || origin === null) return;
  const publicUri = store.targetUrl ?? `${origin}/webhooks/hubspot`;
  const { pathname, search } = new URL(publicUri);
  const body = JSON.stringify(events);
  store.core.deliver({
    vendor: 'hubspot',
    url: `${origin}${pathname}${search}`,
    body,
    headers: {
      'Content-Type': 'application/json',
      'User-Agent': 'Sandbox-CRM-Webhooks/1.0',
      ...signedHeaders('POST', publicUri, body, Date.now()),
    },
  });
}
