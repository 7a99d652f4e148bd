import { accountByUrn, requireRole } from './access.ts';
import { batchByIds, batchCreate } from './batch.ts';
import { Checks } from './checks.ts';
import { checkName, given, isRecord, refuseUnknown, requireBody } from './entity-fields.ts';
import { keyAt, type Json, type LiCall } from './li-call.ts';
import { badRequest, missingField, notFound, throttled } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { offsetPage } from './paging.ts';
import { applyPatch, changedFields } from './patch.ts';
import { allowOnly, listOf, requiredText } from './query-values.ts';
import { elementKey } from './request-key.ts';
import { isListed, show } from './show.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { idInPath, urnOf } from './urn.ts';
import { created, noContent, ok, type Handler, type LiWorld } from './world.ts';

const RULE = 'llaPartnerConversion';
const RULE_FIELDS = new Set([
  'name',
  'account',
  'type',
  'conversionMethod',
  'postClickAttributionWindowSize',
  'viewThroughAttributionWindowSize',
  'attributionType',
  'enabled',
  'value',
  'autoAssociationType',
]);
/** [K] The common ones. */
const RULE_TYPES = ['ADD_TO_CART', 'DOWNLOAD', 'INSTALL', 'KEY_PAGE_VIEW', 'LEAD', 'PURCHASE', 'SIGN_UP', 'QUALIFIED_LEAD', 'OTHER'];
/** [D] */
const MOST_EVENTS = 5000;
const ID_TYPES = ['SHA256_EMAIL', 'LINKEDIN_FIRST_PARTY_ADS_TRACKING_UUID', 'ACXIOM_ID', 'ORACLE_MOAT_ID', 'GOOGLE_AID'];
/** [K] Older events are refused. */
const OLDEST_MS = 90 * 86_400_000;

const createRule: Handler = (world, call, who) => {
  const body = requireBody(call.body);
  refuseUnknown(body, RULE_FIELDS);
  const checks = new Checks();
  checkName(checks, body, true);
  checks.done();
  for (const name of ['account', 'type']) if (!given(body[name])) throw missingField(name);
  if (!RULE_TYPES.includes(String(body['type']))) throw badRequest(`type ${String(body['type'])} is not an enum symbol`);
  const account = accountByUrn(world, who, body['account'], 'write');
  const fields = { enabled: true, attributionType: 'LAST_TOUCH_BY_CAMPAIGN', ...body };
  return created(makeObject(world, { kind: 'conversion', type: RULE, accountId: account.id, fields }, call).id);
};

function ruleAt(world: LiWorld, who: LiToken, key: string, need: 'read' | 'write'): LiObject {
  const rule = world.store.find('conversion', urnOf(RULE, idInPath(key, RULE)));
  if (rule === undefined) throw notFound(key);
  accountByUrn(world, who, rule.fields['account'], need);
  return rule;
}

const changeRule: Handler = (world, call, who) => {
  const rule = ruleAt(world, who, keyAt(call, 0), 'write');
  const after = applyPatch(rule.fields, call.body);
  refuseUnknown(after, RULE_FIELDS);
  world.store.change(rule, changedFields(rule.fields, after), world.core.now());
  world.core.touch();
  return noContent();
};

const findRules: Handler = (world, call, who) => {
  allowOnly(call, ['account', 'start', 'count']);
  const account = accountByUrn(world, who, requiredText(call, 'account'), 'read');
  const { elements, paging } = offsetPage(
    call,
    world.store.inAccount('conversion', account.id).filter((one) => isListed(world, one)),
  );
  return ok({ elements: elements.map((one) => show(world, one)), paging });
};

/** `(campaign:urn,conversion:urn)`: the key is the whole object. */
function linkOf(world: LiWorld, call: LiCall, who: LiToken): { campaign: LiObject; rule: LiObject; urn: string } {
  const [key] = call.keys;
  const { campaign: campaignUrn, conversion } = (isRecord(key) ? key : {}) as Json;
  const campaign = world.store.find('campaign', campaignUrn);
  if (campaign === undefined) throw notFound(String(campaignUrn));
  const rule = ruleAt(world, who, String(conversion), 'write');
  if (rule.accountId !== campaign.accountId) throw badRequest('Campaign and conversion belong to different ad accounts');
  return { campaign, rule, urn: `campaignConversion:${campaign.urn},${rule.urn}` };
}

/** PUT is a set: doing it twice leaves one. */
const associate: Handler = (world, call, who) => {
  const { campaign, rule, urn } = linkOf(world, call, who);
  if (world.store.get(urn) === undefined) {
    const at = world.core.now();
    const fields = { campaign: campaign.urn, conversion: rule.urn, associatedAt: at };
    const shared = {
      accountId: campaign.accountId,
      inner: {},
      createdAt: at,
      updatedAt: at,
      visibleAt: at,
      requestId: call.requestId,
      demo: false,
    };
    world.store.add({ urn, id: urn, kind: 'campaignConversion', fields, ...shared });
    world.core.touch();
  }
  return noContent();
};

const readLink: Handler = (world, call, who) => {
  const link = world.store.get(linkOf(world, call, who).urn);
  if (link === undefined) throw notFound('the association');
  return ok(link.fields);
};

/** `q=campaigns&campaigns=List(urn)`: what each campaign counts; the finder is the documentation's, its exact answer [K]. */
const findLinks: Handler = (world, call, who) => {
  allowOnly(call, ['campaigns', 'start', 'count']);
  const wanted = listOf(call, 'campaigns') ?? [];
  if (wanted.length === 0) throw badRequest("Parameter 'campaigns' is required");
  for (const urn of wanted) requireRole(world, who, world.store.find('campaign', urn)?.accountId ?? '', 'read');
  const links = world.store.all('campaignConversion').filter((one) => wanted.includes(String(one.fields['campaign'])));
  const { elements, paging } = offsetPage(call, links);
  return ok({ elements: elements.map((one) => one.fields), paging });
};

const dissociate: Handler = (world, call, who) => {
  const link = world.store.get(linkOf(world, call, who).urn);
  if (link === undefined) throw notFound('the association');
  world.store.remove(link);
  world.core.touch();
  return noContent();
};

function checkEvent(world: LiWorld, who: LiToken, event: Json): LiObject {
  refuseUnknown(event, new Set(['conversion', 'conversionHappenedAt', 'conversionValue', 'eventId', 'user']));
  for (const name of ['conversion', 'conversionHappenedAt', 'user']) if (!given(event[name])) throw missingField(name);
  const rule = ruleAt(world, who, String(event['conversion']), 'write');
  const at = event['conversionHappenedAt'];
  const now = world.core.now();
  if (!Number.isInteger(at) || (at as number) > now + 60_000 || (at as number) < now - OLDEST_MS)
    throw badRequest('conversionHappenedAt is out of range');
  const { userIds, userInfo, lead } = (isRecord(event['user']) ? event['user'] : {}) as Json;
  if ((!Array.isArray(userIds) || userIds.length === 0) && !isRecord(userInfo) && !given(lead)) throw missingField('user/userIds');
  for (const id of (Array.isArray(userIds) ? userIds : []) as unknown[]) {
    const { idType, idValue } = isRecord(id) ? id : {};
    if (!ID_TYPES.includes(String(idType))) throw badRequest(`idType ${String(idType)} is not an enum symbol`);
    if (idType === 'SHA256_EMAIL' && !/^[0-9a-f]{64}$/.test(String(idValue))) throw badRequest('idValue must be a lower-case hex SHA-256');
  }
  const value = event['conversionValue'];
  if (isRecord(value) && !/^\d+(\.\d+)?$/.test(String(value['amount'])))
    throw badRequest('conversionValue/amount must be a decimal string');
  return rule;
}

/** The same eventId of one rule counts once [D]. */
function takeEvent(world: LiWorld, who: LiToken, event: Json): void {
  const rule = checkEvent(world, who, event);
  const seen = (rule.inner['events'] ??= {}) as Record<string, number>;
  const id = given(event['eventId']) ? String(event['eventId']) : `event ${Object.keys(seen).length}`;
  seen[id] = (seen[id] ?? 0) + 1;
  world.core.touch();
}

function chargeEvents(world: LiWorld, who: LiToken): void {
  const minute = `conversions ${Math.floor(world.core.now() / 60_000)} ${who.memberId}`;
  if (world.meter.count(minute) >= world.settings.conversionCallsPerMinute) throw throttled();
}

const sendEvent: Handler = (world, call, who) => {
  chargeEvents(world, who);
  takeEvent(world, who, requireBody(call.body));
  return { status: 201 };
};

const sendEvents: Handler = (world, call, who) => {
  chargeEvents(world, who);
  return batchCreate(world, call, {
    isDetailed: false,
    most: MOST_EVENTS,
    keyOf: (event) => `${elementKey(world, call, event)} ${String(event['eventId'])}`,
    one: (event) => {
      takeEvent(world, who, event);
      return String(event['eventId'] ?? '');
    },
  });
};

export const CONVERSIONS: Record<string, Handler> = {
  'CREATE conversions': createRule,
  'GET conversions/{}': (world, call, who) => ok(show(world, ruleAt(world, who, keyAt(call, 0), 'read'))),
  'BATCH_GET conversions': (world, call, who) =>
    batchByIds(listOf(call, 'ids') ?? [], false, (id) => ({ status: 200, body: show(world, ruleAt(world, who, id, 'read')) })),
  'PARTIAL_UPDATE conversions/{}': changeRule,
  'FINDER account conversions': findRules,
  'UPDATE campaignConversions/{}': associate,
  'GET campaignConversions/{}': readLink,
  'FINDER campaigns campaignConversions': findLinks,
  'DELETE campaignConversions/{}': dissociate,
  'CREATE conversionEvents': sendEvent,
  'BATCH_CREATE conversionEvents': sendEvents,
};
