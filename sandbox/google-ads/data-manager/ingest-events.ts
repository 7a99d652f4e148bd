import { listOf, part } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import type { AdsWorld } from '../world.ts';
import { IngestError } from './ingest-error.ts';

const MOST_EVENTS = 2000;
const MOST_DESTINATIONS = 10;
/** Older ones are taken and refused while they are worked on [K]. */
const OLDEST_MS = 90 * 86_400_000;
const HASH = { HEX: /^[0-9a-f]{64}$/i, BASE64: /^[A-Za-z0-9+/]{43}=$/ } as const;

const wrong = (reason: string, message: string, field: string): IngestError => new IngestError(400, reason, message, field);
const missing = (field: string): IngestError => wrong('REQUIRED_FIELD_MISSING', 'A required field is missing.', field);

/** The customer a destination means, if the person may use it and the conversion action is one of it. */
function checkDestination(world: AdsWorld, email: string, destination: Fields, place: string): void {
  const account = part(destination['operatingAccount']);
  for (const name of ['accountType', 'accountId']) if (account[name] === undefined) throw missing(`${place}.operating_account`);
  if (account['accountType'] !== 'GOOGLE_ADS')
    throw wrong('INVALID_DESTINATION', 'Only Google Ads accounts are imitated.', `${place}.operating_account`);
  const id = String(account['accountId']);
  const login = String(part(destination['loginAccount'])['accountId'] ?? id);
  const isUser = world.store.byKey(`user ${email}`).some((one) => one.customerId === login);
  const isBelow = login === id || world.store.byKey(`managed by ${login}`).some((one) => one.customerId === id);
  if (!isUser || !isBelow)
    throw new IngestError(403, 'PERMISSION_DENIED', 'The caller does not have permission.', `${place}.operating_account`);
  const action = destination['productDestinationId'];
  if (action === undefined) throw missing(`${place}.product_destination_id`);
  if (!world.store.all('conversion_action', id).some((one) => one.fields['id'] === String(action)))
    throw wrong('INVALID_CONVERSION_ACTION_ID', 'The conversion action does not exist.', `${place}.product_destination_id`);
}

function checkEvent(event: Fields, encoding: unknown, place: string): void {
  const at = event['eventTimestamp'];
  if (at === undefined) throw missing(`${place}.event_timestamp`);
  if (typeof at !== 'string' || !/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(at) || Number.isNaN(Date.parse(at)))
    throw wrong('EVENT_TIME_INVALID', 'The event time is not a time.', `${place}.event_timestamp`);
  const people = listOf(part(event['userData'])['userIdentifiers']).map(part);
  const clicks = Object.values(part(event['adIdentifiers'])).filter((one) => one !== '');
  if (people.length === 0 && clicks.length === 0)
    throw wrong('NO_IDENTIFIERS_PROVIDED', 'The event names nobody: no click and no person.', place);
  for (const person of people) {
    const hashed = person['emailAddress'] ?? person['phoneNumber'];
    if (hashed === undefined) continue;
    if (encoding !== 'HEX' && encoding !== 'BASE64') throw missing('encoding');
    if (!HASH[encoding].test(String(hashed)))
      throw wrong('INVALID_SHA256_FORMAT', 'The identifier is not a SHA-256 hash.', `${place}.user_data`);
  }
  const currency = event['currency'];
  if (currency !== undefined && !/^[A-Z]{3}$/.test(String(currency)))
    throw wrong('INVALID_CURRENCY_CODE', 'The currency is not a code of three letters.', `${place}.currency`);
}

const keyOf = (destination: Fields, transactionId: unknown): string =>
  `ingested ${String(part(destination['operatingAccount'])['accountId'])} ${String(destination['productDestinationId'])} ${String(transactionId)}`;

/** What becomes of each event for one destination, told later: repeats of a transaction and old ones do not count. */
function work(world: AdsWorld, destination: Fields, events: Fields[], requestId: string): Fields {
  const reasons = new Map<string, number>();
  const failed = (reason: string): void => void reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  for (const event of events) {
    const key = keyOf(destination, event['transactionId']);
    if (world.core.now() - Date.parse(String(event['eventTimestamp'])) > OLDEST_MS) failed('PROCESSING_ERROR_REASON_EVENT_TOO_OLD');
    else if (event['transactionId'] !== undefined && world.store.byKey(key).length > 0)
      failed('PROCESSING_ERROR_REASON_DUPLICATE_TRANSACTION_ID');
    else {
      const name = `ingestedEvents/${world.core.nextId('6')}`;
      const customerId = String(part(destination['operatingAccount'])['accountId']);
      const now = world.core.now();
      world.store.put({
        name,
        type: 'ingested_event',
        customerId,
        fields: { ...event, destination },
        keys: [key],
        createdAt: now,
        visibleAt: now,
        requestId,
        demo: false,
      });
    }
  }
  const lost = [...reasons.values()].reduce((sum, count) => sum + count, 0);
  return {
    destination,
    requestStatus: lost === 0 ? 'SUCCESS' : lost === events.length ? 'FAILED' : 'PARTIAL_SUCCESS',
    eventsIngestionStatus: { recordCount: String(events.length) },
    ...(lost === 0 ? {} : { errorInfo: { errorCounts: [...reasons].map(([reason, count]) => ({ recordCount: String(count), reason })) } }),
  };
}

/** POST /v1/events:ingest. Taking is not success: what became of the events is asked for by request id. */
export function ingestEvents(world: AdsWorld, email: string, body: Fields): Fields {
  const destinations = listOf(body['destinations']).map(part);
  const events = listOf(body['events']).map(part);
  if (destinations.length === 0) throw missing('destinations');
  if (destinations.length > MOST_DESTINATIONS) throw wrong('TOO_MANY_DESTINATIONS', 'Too many destinations.', 'destinations');
  if (events.length === 0) throw missing('events');
  if (events.length > MOST_EVENTS) throw wrong('TOO_MANY_EVENTS', 'Too many events.', 'events');
  destinations.forEach((one, index) => checkDestination(world, email, one, `destinations[${index}]`));
  events.forEach((one, index) => checkEvent(one, body['encoding'], `events[${index}]`));
  const requestId = world.core.nextId('3');
  if (body['validateOnly'] === true) return { requestId };
  const name = `ingestRequests/${requestId}`;
  const put = (perDestination: Fields[]): void =>
    world.store.put({
      name,
      type: 'ingest_request',
      customerId: '',
      fields: { perDestination },
      keys: [],
      createdAt: world.core.now(),
      visibleAt: 0,
      requestId,
      demo: false,
    });
  put(destinations.map((destination) => ({ destination, requestStatus: 'PROCESSING' })));
  world.core.touch();
  world.core.later(world.settings.jobMs, () => {
    put(destinations.map((destination) => work(world, destination, events, requestId)));
    world.core.touch();
  });
  return { requestId };
}

/** GET /v1/requestStatus:retrieve?requestId= */
export function retrieveStatus(world: AdsWorld, requestId: string | null): Fields {
  const found = world.store.get(`ingestRequests/${requestId ?? ''}`);
  if (found === undefined) throw wrong('INVALID_REQUEST_ID', 'There is no such request.', 'request_id');
  return { requestStatusPerDestination: found.fields['perDestination'] };
}
