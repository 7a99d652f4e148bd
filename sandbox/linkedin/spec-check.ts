import { existsSync, readFileSync } from 'node:fs';
import { isRecord } from './entity-fields.ts';
import type { Json, LiCall } from './li-call.ts';
import type { LiAnswer } from './world.ts';

interface FactsFile {
  campaign_group: { fields: string[]; required: string[]; status: string[] };
  campaign: Record<string, unknown> & { required: string[] };
  creative: { fields: string[]; intendedStatus: string[]; 'review.status': string[] };
  analytics: { pivots: string[]; common_metrics: string[] };
}
interface CodesFile {
  envelope_fields: string[];
  codes: { code: string; status: number }[];
}

/** What is written down about the platform: there is no published specification. */
export interface LinkedinFacts extends FactsFile {
  envelope: ReadonlySet<string>;
  codes: ReadonlyMap<string, number>;
}

const FOLDER = new URL('../../../shared/specs/linkedin/', import.meta.url);

let loaded: LinkedinFacts | null | undefined;

/** Null when the data lies not beside the repository; tests then skip with a visible note. */
export function loadLinkedinFacts(): LinkedinFacts | null {
  if (loaded === undefined) loaded = readFacts();
  return loaded;
}

function readFacts(): LinkedinFacts | null {
  const read = (name: string): unknown => {
    const file = new URL(name, FOLDER);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
  };
  const facts = read('linkedin-marketing.facts.json') as FactsFile | null;
  const codes = read('error-codes.json') as CodesFile | null;
  if (facts === null || codes === null) return null;
  return { ...facts, envelope: new Set(codes.envelope_fields), codes: new Map(codes.codes.map(({ code, status }) => [code, status])) };
}

const CAMPAIGN_ENUMS = ['type', 'costType', 'objectiveType', 'optimizationTargetType', 'format', 'status', 'politicalIntent'] as const;

function enumProblems(entity: Json, lists: Record<string, unknown>, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const allowed = lists[name];
    const value = entity[name];
    return value === undefined || (allowed as unknown[]).includes(value) ? [] : [`${name} = ${String(value)} is not a known word`];
  });
}

function missing(entity: Json, required: readonly string[]): string[] {
  return required.flatMap((wish) => {
    const ways = wish.split(' or ').map((way) => way.split('.'));
    const has = ways.some(
      (path) => path.reduce<unknown>((value, step) => (isRecord(value) ? value[step] : undefined), entity) !== undefined,
    );
    return has ? [] : [`${wish} is missing`];
  });
}

const collectionOf = (call: LiCall): string =>
  call.pattern
    .split('/')
    .filter((part) => part !== '{}')
    .at(-1) ?? '';

function entityProblems(facts: LinkedinFacts, collection: string, entity: Json): string[] {
  switch (collection) {
    case 'adCampaignGroups':
      return [...missing(entity, facts.campaign_group.required), ...enumProblems(entity, facts.campaign_group, ['status'])];
    case 'adCampaigns':
      return [...missing(entity, facts.campaign.required), ...enumProblems(entity, facts.campaign, CAMPAIGN_ENUMS)];
    case 'creatives':
      return [
        ...missing(entity, ['campaign', 'intendedStatus']),
        ...enumProblems(entity, facts.creative as unknown as Json, ['intendedStatus']),
      ];
    default:
      return [];
  }
}

/** Problems of one request: a required field that is missing, a word outside its list. Empty = fine. */
export function checkRequest(facts: LinkedinFacts, call: LiCall): string[] {
  const collection = collectionOf(call);
  if (collection === 'adAnalytics') {
    const { pivots, common_metrics: metrics } = facts.analytics;
    const pivot = call.query.get('pivot');
    const fields = String(call.query.get('fields') ?? '').split(',');
    return [
      ...(pivot === undefined || pivots.includes(String(pivot)) ? [] : [`pivot ${String(pivot)} is not a known word`]),
      ...fields.filter((field) => field !== '' && !metrics.includes(field)).map((field) => `${field} is not a known metric`),
    ];
  }
  const { body } = call;
  if (body === null || !(call.operation === 'CREATE' || call.operation === 'BATCH_CREATE' || call.operation === 'ACTION createInline'))
    return [];
  const entities = Array.isArray(body['elements']) ? body['elements'] : [body['creative'] ?? body];
  return entities.filter(isRecord).flatMap((entity) => entityProblems(facts, collection, entity));
}

/** Answered although the hand-written list leaves it out, each with its reason. */
const ALSO_ANSWERED = new Set(['rejectionReasons']);

function shownProblems(facts: LinkedinFacts, collection: string, entity: Json): string[] {
  // The list says some fields with their members or units behind the name.
  const listed =
    collection === 'creatives' ? facts.creative.fields : collection === 'adCampaignGroups' ? facts.campaign_group.fields : null;
  const known = listed?.map((field) => /^\w+/.exec(field)?.[0] ?? field) ?? null;
  const unknown = known === null ? [] : Object.keys(entity).filter((name) => !known.includes(name) && !ALSO_ANSWERED.has(name));
  return [...unknown.map((name) => `${name} is not a field of ${collection}`), ...entityProblems(facts, collection, entity)];
}

/** Problems of one good answer: a create that says anything but its id, a field the entity does not have. */
export function checkAnswer(facts: LinkedinFacts, call: LiCall, { status, headers, body }: LiAnswer): string[] {
  const collection = collectionOf(call);
  if (call.operation === 'CREATE' && collection !== 'conversionEvents') {
    return [
      ...(status === 201 ? [] : [`a create answers 201, not ${status}`]),
      ...(headers?.['x-restli-id'] === undefined ? ['a create answers its id in x-restli-id'] : []),
      ...(body === undefined ? [] : ['a create answers an empty body']),
    ];
  }
  if (call.operation === 'PARTIAL_UPDATE')
    return status === 204 && body === undefined ? [] : ['a partial update answers 204 without a body'];
  if (call.method !== 'GET' || !isRecord(body)) return [];
  const entities = Array.isArray(body['elements']) ? body['elements'] : isRecord(body['results']) ? Object.values(body['results']) : [body];
  return entities.filter(isRecord).flatMap((entity) => shownProblems(facts, collection, entity));
}

/** Problems of one refusal: members the envelope does not have, a code nobody registered or with another status. */
export function checkError(facts: LinkedinFacts, body: Json): string[] {
  const unknown = Object.keys(body).filter((name) => !facts.envelope.has(name));
  const { code, status } = body;
  const registered = code === undefined ? status : facts.codes.get(String(code));
  return [
    ...unknown.map((name) => `${name} is not a member of an error`),
    ...(registered === undefined ? [`${String(code)} is not a registered code`] : []),
    ...(registered !== undefined && registered !== status ? [`${String(code)} goes with ${registered}, not ${String(status)}`] : []),
  ];
}
