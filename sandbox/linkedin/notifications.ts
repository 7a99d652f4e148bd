import { accountByUrn } from './access.ts';
import { given, isRecord, refuseUnknown, requireBody } from './entity-fields.ts';
import { keyAt, type LiCall } from './li-call.ts';
import { badRequest, missingField, notFound } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { offsetPage } from './paging.ts';
import { allowOnly, recordOf } from './query-values.ts';
import { show } from './show.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { created, noContent, ok, type Handler, type LiWorld } from './world.ts';

/** [D] Per owner. */
const MOST = 1500;
/** [D] So many failed challenges in a row and nothing is sent any more. */
const MOST_FAILURES = 3;

const FIELDS = new Set(['webhook', 'owner', 'leadType', 'versionedForm', 'associatedEntity']);

export const isValidated = (notification: LiObject): boolean =>
  notification.inner['validated'] === true && Number(notification.inner['failures'] ?? 0) < MOST_FAILURES;

function isWebhook(value: unknown): value is string {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || hostname === '127.0.0.1' || hostname === 'localhost';
}

/** Asks again every two hours [D]; a webhook that failed three times in a row stays blocked. */
export function challengeAgain(world: LiWorld, notification: LiObject): void {
  world.core.later(world.settings.challengeEveryMs, async () => {
    if (world.store.get(notification.urn) !== notification || !isValidated(notification)) return;
    await challengeOnce(world, notification);
    challengeAgain(world, notification);
  });
}

export async function challengeOnce(world: LiWorld, notification: LiObject): Promise<boolean> {
  const isGood = await world.challenge({ webhook: String(notification.fields['webhook']) });
  notification.inner['validated'] = isGood || notification.inner['validated'] === true;
  notification.inner['failures'] = isGood ? 0 : Number(notification.inner['failures'] ?? 0) + 1;
  world.core.touch();
  return isGood;
}

/** POST /leadNotifications: the address has to prove itself before the subscription exists [D for the proof, K for the moment]. */
const subscribe: Handler = async (world, call, who) => {
  const body = requireBody(call.body);
  refuseUnknown(body, FIELDS);
  const { webhook, owner, leadType } = body;
  for (const name of ['webhook', 'owner', 'leadType']) if (!given(body[name])) throw missingField(name);
  if (!isWebhook(webhook)) throw badRequest('webhook must be an HTTPS URL');
  if (leadType !== 'SPONSORED') throw badRequest('leadType must be SPONSORED');
  const account = accountByUrn(world, who, isRecord(owner) ? owner['sponsoredAccount'] : null, 'write');
  const own = world.store.inAccount('notification', account.id);
  if (own.length >= MOST) throw badRequest(`An owner may have at most ${MOST} lead notifications`);
  const words = JSON.stringify(body);
  if (own.some((one) => JSON.stringify(one.fields) === words)) throw badRequest('The same lead notification exists already');
  if (!(await world.challenge({ webhook }))) throw badRequest('The webhook could not be validated');
  const made = makeObject(
    world,
    {
      kind: 'notification',
      type: 'leadNotification',
      accountId: account.id,
      fields: { ...body },
      inner: { validated: true, failures: 0 },
    },
    call,
  );
  challengeAgain(world, made);
  return created(made.id);
};

function notificationAt(world: LiWorld, call: LiCall, who: LiToken): LiObject {
  const found = world.store.all('notification').find((one) => one.id === keyAt(call, 0));
  if (found === undefined) throw notFound(keyAt(call, 0));
  accountByUrn(world, who, `urn:li:sponsoredAccount:${found.accountId ?? ''}`, 'read');
  return found;
}

const read: Handler = (world, call, who) => ok(show(world, notificationAt(world, call, who)));

const remove: Handler = (world, call, who) => {
  world.store.remove(notificationAt(world, call, who));
  world.core.touch();
  return noContent();
};

const find: Handler = (world, call, who) => {
  allowOnly(call, ['owner', 'leadType', 'start', 'count']);
  const account = accountByUrn(world, who, recordOf(call, 'owner')?.['sponsoredAccount'], 'read');
  const { elements, paging } = offsetPage(call, world.store.inAccount('notification', account.id));
  return ok({ elements: elements.map((one) => show(world, one)), paging });
};

export const NOTIFICATIONS: Record<string, Handler> = {
  'CREATE leadNotifications': subscribe,
  'GET leadNotifications/{}': read,
  'DELETE leadNotifications/{}': remove,
  'FINDER criteria leadNotifications': find,
};
