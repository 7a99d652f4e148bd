import { accountByUrn } from './access.ts';
import { batchCreate } from './batch.ts';
import { Checks } from './checks.ts';
import { checkName, given, isRecord, refuseUnknown, requireBody } from './entity-fields.ts';
import { CAMPAIGN_TYPES } from './enums.ts';
import { keyAt, type LiCall } from './li-call.ts';
import { badRequest, missingField, notFound } from './li-error.ts';
import { makeObject } from './make-object.ts';
import { offsetPage } from './paging.ts';
import { allowOnly, listOf, recordOf, requiredText, textOf } from './query-values.ts';
import { isListed, show } from './show.ts';
import type { LiObject } from './store.ts';
import { entitiesOf, FACET_PREFIX, facetOf, FACETS } from './targeting-entities.ts';
import type { LiToken } from './tokens.ts';
import { urnOf } from './urn.ts';
import { created, ok, type Handler, type LiWorld } from './world.ts';

const SEGMENT_FIELDS = new Set(['account', 'name', 'type', 'sourcePlatform', 'accessPolicy', 'destinations']);
const SEGMENT_TYPES = ['USER', 'COMPANY', 'USER_LIST_UPLOAD', 'COMPANY_LIST_UPLOAD'];

/** A segment reaches LinkedIn as an adSegment, which is what targeting names [K]. */
const createSegment: Handler = (world, call, who) => {
  const body = requireBody(call.body);
  refuseUnknown(body, SEGMENT_FIELDS);
  const checks = new Checks();
  checkName(checks, body, true);
  checks.done();
  for (const name of ['account', 'type', 'sourcePlatform']) if (!given(body[name])) throw missingField(name);
  if (!SEGMENT_TYPES.includes(String(body['type']))) throw badRequest(`type ${String(body['type'])} is not an enum symbol`);
  const account = accountByUrn(world, who, body['account'], 'write');
  const inner = { adSegment: urnOf('adSegment', world.core.nextId('5')), size: 0 };
  return created(makeObject(world, { kind: 'segment', type: 'dmpSegment', accountId: account.id, fields: { ...body }, inner }, call).id);
};

function showSegment(world: LiWorld, segment: LiObject): Record<string, unknown> {
  const size = Number(segment.inner['size']);
  const destination = {
    destination: 'LINKEDIN',
    destinationSegmentId: segment.inner['adSegment'],
    audienceSize: size,
    status: size >= 300 ? 'READY' : size > 0 ? 'BUILDING' : 'CREATED',
  };
  return { ...show(world, segment), destinations: [destination] };
}

function segmentAt(world: LiWorld, call: LiCall, who: LiToken, need: 'read' | 'write'): LiObject {
  const segment = world.store.find('segment', urnOf('dmpSegment', keyAt(call, 0)));
  if (segment === undefined) throw notFound(keyAt(call, 0));
  accountByUrn(world, who, segment.fields['account'], need);
  return segment;
}

const findSegments: Handler = (world, call, who) => {
  allowOnly(call, ['account', 'start', 'count']);
  const account = accountByUrn(world, who, requiredText(call, 'account'), 'read');
  const { elements, paging } = offsetPage(
    call,
    world.store.inAccount('segment', account.id).filter((one) => isListed(world, one)),
  );
  return ok({ elements: elements.map((one) => showSegment(world, one)), paging });
};

const addUsers: Handler = (world, call, who) => {
  const segment = segmentAt(world, call, who, 'write');
  return batchCreate(world, call, {
    isDetailed: false,
    most: 5000,
    keyOf: (user) => `segment user ${JSON.stringify(user['userIds'] ?? '')}`,
    one: (user) => {
      if (user['action'] !== 'ADD' && user['action'] !== 'REMOVE') throw badRequest('action must be ADD or REMOVE');
      if (!Array.isArray(user['userIds'])) throw missingField('userIds');
      segment.inner['size'] = Math.max(0, Number(segment.inner['size']) + (user['action'] === 'ADD' ? 1 : -1));
      return '';
    },
  });
};

const listFacets: Handler = () =>
  ok({
    elements: Object.entries(FACETS).map(([facetName, facet]) => ({
      facetName,
      adTargetingFacetUrn: FACET_PREFIX + facetName,
      entityTypes: [facet.entity.toUpperCase()],
      availableEntityFinders: facet.finders,
    })),
  });

function facetParam(call: LiCall): string {
  const facet = requiredText(call, 'facet');
  if (facetOf(facet) === null) throw badRequest(`Parameter 'facet' ${facet} does not exist`);
  return facet;
}

const typeahead: Handler = (_world, call) => {
  allowOnly(call, ['facet', 'query', 'queryVersion', 'locale', 'start', 'count']);
  const facet = facetParam(call);
  if (facetOf(facet)?.finders.includes('TYPEAHEAD') !== true) throw badRequest(`The facet ${facet} does not support typeahead`);
  const words = requiredText(call, 'query').toLowerCase();
  return ok(
    offsetPage(
      call,
      entitiesOf(facet).filter((one) => one.name.toLowerCase().includes(words)),
    ),
  );
};

const ofFacet: Handler = (_world, call) => {
  allowOnly(call, ['facet', 'queryVersion', 'locale', 'start', 'count']);
  return ok(offsetPage(call, entitiesOf(facetParam(call))));
};

const byUrns: Handler = (_world, call) => {
  allowOnly(call, ['urns', 'queryVersion', 'locale', 'fieldConstraints']);
  const urns = listOf(call, 'urns') ?? [];
  const all = Object.keys(FACETS).flatMap((name) => entitiesOf(FACET_PREFIX + name));
  return ok({ elements: urns.flatMap((urn) => all.find((one) => one.urn === urn) ?? []) });
};

/** Counts follow from the criteria alone: the same question gets the same answer. */
const audienceCount: Handler = (_world, call) => {
  allowOnly(call, ['targetingCriteria']);
  const criteria = recordOf(call, 'targetingCriteria');
  if (!isRecord(criteria?.['include'])) throw badRequest("Parameter 'targetingCriteria' is required");
  const words = JSON.stringify(criteria);
  const places = words.match(/urn:li:geo:\d+/g)?.length ?? 0;
  const narrowings = (words.match(/adTargetingFacet/g)?.length ?? 1) - 1;
  const total = Math.round((places * 4_000_000) / 4 ** narrowings);
  return ok({ elements: [{ active: Math.round(total * 0.6), total }] });
};

/** [K] Bids and least budgets; the least daily budget is what campaign creation asks for. */
const budgetPricing: Handler = (world, call, who) => {
  allowOnly(call, [
    'account',
    'bidType',
    'campaignType',
    'matchType',
    'targetingCriteria',
    'objectiveType',
    'optimizationTargetType',
    'dailyBudget',
  ]);
  const account = accountByUrn(world, who, requiredText(call, 'account'), 'read');
  const type = requiredText(call, 'campaignType');
  if (!(CAMPAIGN_TYPES as readonly string[]).includes(type)) throw badRequest(`campaignType ${type} is not an enum symbol`);
  const currencyCode = String(account.fields['currency']);
  const amount = (value: string): unknown => ({ amount: value, currencyCode });
  const isCpm = textOf(call, 'bidType') === 'CPM';
  return ok({
    elements: [
      {
        bidLimits: { min: amount('2.00'), max: amount('5000.00') },
        suggestedBid: {
          min: amount(isCpm ? '18.00' : '5.50'),
          default: amount(isCpm ? '24.00' : '7.20'),
          max: amount(isCpm ? '41.00' : '12.90'),
        },
        dailyBudgetLimits: { min: amount('10.00'), default: amount('50.00'), max: amount('100000.00') },
      },
    ],
  });
};

export const AUDIENCES: Record<string, Handler> = {
  'CREATE dmpSegments': createSegment,
  'GET dmpSegments/{}': (world, call, who) => ok(showSegment(world, segmentAt(world, call, who, 'read'))),
  'FINDER account dmpSegments': findSegments,
  'BATCH_CREATE dmpSegments/{}/users': addUsers,
  'GET_ALL adTargetingFacets': listFacets,
  'FINDER typeahead adTargetingEntities': typeahead,
  'FINDER adTargetingFacet adTargetingEntities': ofFacet,
  'FINDER urns adTargetingEntities': byUrns,
  'FINDER targetingCriteriaV2 audienceCounts': audienceCount,
  'FINDER criteria adBudgetPricing': budgetPricing,
};
