import { existsSync, readFileSync } from 'node:fs';

interface SpecParam {
  name: string;
  type: string;
}
interface SpecApi {
  method: string;
  endpoint?: string;
  return?: string;
  params: SpecParam[];
}
interface SpecNode {
  apis?: SpecApi[];
  fields?: { name: string; type: string }[];
}
interface SpecFile {
  nodes: Record<string, SpecNode>;
  enums: Record<string, { values: string[] }>;
}
interface NewerFile {
  deltaFieldsVsV25: Record<string, { fieldsAdded?: string[]; fieldsRemoved?: string[] }>;
}

/** The published parameters (v25) with the newer fields (v26) added. Kept out of the repository; read when it lies beside it. */
export interface MetaSpec {
  /** Field types per node type; null type = known by name only (v26). */
  fields: Map<string, Map<string, string | null>>;
  apis: Map<string, SpecApi>;
  enums: Record<string, { values: string[] }>;
}

export interface Place {
  /** Node type as the spec names it: AdAccount, Campaign, AdSet, ... */
  node: string;
  method: string;
  edge?: string;
}

const FOLDER = new URL('../../../shared/specs/meta/', import.meta.url);
const FILES = { params: 'graph-v25.0.subset.json', newer: 'graph-v26.0.fields-enums.json' } as const;

let loaded: MetaSpec | null | undefined;

/** Null when the data lies not beside the repository; tests then skip with a visible note. */
export function loadMetaSpec(): MetaSpec | null {
  if (loaded === undefined) loaded = readSpec();
  return loaded;
}

function readSpec(): MetaSpec | null {
  const read = (name: string): unknown => {
    const file = new URL(name, FOLDER);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
  };
  const base = read(FILES.params) as SpecFile | null;
  const newer = read(FILES.newer) as NewerFile | null;
  if (base === null || newer === null) return null;
  const fields = new Map<string, Map<string, string | null>>();
  const apis = new Map<string, SpecApi>();
  for (const [name, node] of Object.entries(base.nodes)) {
    const known = new Map<string, string | null>((node.fields ?? []).map((field) => [field.name, field.type]));
    for (const added of newer.deltaFieldsVsV25[name]?.fieldsAdded ?? []) known.set(added, null);
    for (const removed of newer.deltaFieldsVsV25[name]?.fieldsRemoved ?? []) known.delete(removed);
    fields.set(name, known);
    for (const api of node.apis ?? []) apis.set(`${name} ${api.method} ${api.endpoint ?? ''}`, api);
  }
  return { fields, apis, enums: base.enums };
}

/** Parameters that every call may carry, and those of the list machinery that the spec leaves out. */
const COMMON = new Set([
  'access_token',
  'appsecret_proof',
  'locale',
  'method',
  'fields',
  'limit',
  'after',
  'before',
  'summary',
  'filtering',
  'sort',
  'id',
]);

/** Things the platform takes although its spec says otherwise; each with its reason. */
const ALSO_ALLOWED: Record<string, readonly string[]> = {
  'AdAccount POST adimages': ['filename', 'name', 'source'], // multipart part names are free
  'AdAccount DELETE adimages': ['hash'],
  AdCreative: ['creative_id'], // an ad names its creative by this key
  Page: ['tasks'], // answered by me/accounts only
};

/** Free-form parameters whose shape has its own node. */
const SHAPES: Record<string, string> = {
  promoted_object: 'AdPromotedObject',
  degrees_of_freedom_spec: 'AdCreativeDegreesOfFreedomSpec',
  asset_feed_spec: 'AdAssetFeedSpec',
};

const inner = (type: string): string | null => /^list<(.+)>$/.exec(type)?.[1] ?? null;

function scalarProblem(type: string, value: unknown): string | null {
  const isText = typeof value === 'string' || typeof value === 'number';
  switch (type) {
    case 'string':
    case 'datetime':
      return isText ? null : 'must be text';
    case 'int':
    case 'unsigned int':
      return /^-?\d+$/.test(String(value)) ? null : 'must be a whole number';
    case 'float':
      return isText && Number.isFinite(Number(value)) ? null : 'must be a number';
    case 'bool':
      return ['true', 'false', '0', '1'].includes(String(value)) ? null : 'must be true or false';
    default:
      return null;
  }
}

function requestValue(spec: MetaSpec, path: string, type: string, value: unknown): string[] {
  const each = inner(type);
  if (each !== null) {
    if (typeof value === 'string') return value.split(',').flatMap((one) => requestValue(spec, path, each, one.trim()));
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((one) => requestValue(spec, path, each, one));
  }
  const values = spec.enums[type]?.values;
  if (values !== undefined) return values.includes(String(value)) ? [] : [`${path} = ${String(value)} is not in ${type}`];
  if (spec.fields.has(type)) return requestShape(spec, path, type, value);
  const problem = scalarProblem(type, value);
  return problem === null ? [] : [`${path} ${problem}`];
}

/** An object whose keys must be fields of a node type, with the values checked as far as their types are known. */
function requestShape(spec: MetaSpec, path: string, type: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path} must be an object`];
  return Object.entries(value).flatMap(([key, part]) => {
    const fieldType = spec.fields.get(type)?.get(key);
    if (fieldType === undefined) return ALSO_ALLOWED[type]?.includes(key) === true ? [] : [`${path}.${key} is not a field of ${type}`];
    return fieldType === null ? [] : requestValue(spec, `${path}.${key}`, fieldType, part);
  });
}

/** Problems of one request: unknown parameter, wrong type, value outside its enum. Empty = fine. Unknown endpoint = one problem. */
export function checkRequest(spec: MetaSpec, call: Place & { params: Record<string, unknown> }): string[] {
  const key = `${call.node} ${call.method} ${call.edge ?? ''}`;
  const api = spec.apis.get(key);
  if (api === undefined) return OWN_EDGES.has(key) ? [] : [`${key} is not an endpoint`];
  return Object.entries(call.params).flatMap(([name, value]) => {
    if (value === undefined || value === null || value === '') return [];
    const param = api.params.find((one) => one.name === name);
    if (param === undefined)
      return COMMON.has(name) || ALSO_ALLOWED[key]?.includes(name) === true ? [] : [`${name} is not a parameter of ${key}`];
    const shape = SHAPES[name];
    return shape === undefined ? requestValue(spec, name, param.type, value) : requestShape(spec, name, shape, value);
  });
}

/** Edges the platform documents although the trimmed spec leaves them out. */
const OWN_EDGES = new Set(['Lead GET ', 'AdVideo GET thumbnails']);

function answerValue(spec: MetaSpec, path: string, type: string, value: unknown): string[] {
  const each = inner(type);
  if (each !== null) {
    const items = Array.isArray(value) ? (value as unknown[]) : (value as { data?: unknown[] } | null)?.data;
    if (!Array.isArray(items)) return [`${path} must be a list`];
    return items.flatMap((one) => answerValue(spec, path, each, one));
  }
  if (spec.fields.has(type)) return answerShape(spec, path, type, value);
  switch (type) {
    case 'string':
      return typeof value === 'string' ? [] : [`${path} must be a string`];
    case 'datetime':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? [] : [`${path} must be a time`];
    case 'int':
    case 'unsigned int':
      return Number.isInteger(value) ? [] : [`${path} must be an integer`];
    case 'bool':
      return typeof value === 'boolean' ? [] : [`${path} must be a boolean`];
    default: {
      const values = spec.enums[type]?.values;
      return values === undefined || values.includes(String(value)) ? [] : [`${path} = ${String(value)} is not in ${type}`];
    }
  }
}

function answerShape(spec: MetaSpec, path: string, type: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [`${path} must be an object`];
  return Object.entries(value).flatMap(([key, part]) => {
    const fieldType = spec.fields.get(type)?.get(key);
    if (fieldType !== undefined) return fieldType === null ? [] : answerValue(spec, `${path}.${key}`, fieldType, part);
    const edge = spec.apis.get(`${type} GET ${key}`)?.return; // an edge asked for as a field
    if (edge !== undefined) return answerValue(spec, `${path}.${key}`, `list<${edge}>`, part);
    return ALSO_ALLOWED[type]?.includes(key) === true ? [] : [`${path}.${key} is not a field of ${type}`];
  });
}

/** What a write answers beside the fields of its type; the chunked upload, reports and pictures have words of their own. */
const INSIGHTS_ANSWER = { report_run_id: 'string' };
const WRITE_ANSWERS: Record<string, Record<string, string>> = {
  'AdAccount POST advideos': { upload_session_id: 'string', video_id: 'string', start_offset: 'string', end_offset: 'string' },
  'AdAccount POST insights': INSIGHTS_ANSWER,
  'Campaign POST insights': INSIGHTS_ANSWER,
  'AdSet POST insights': INSIGHTS_ANSWER,
  'Ad POST insights': INSIGHTS_ANSWER,
};
const IMAGES = 'AdAccount POST adimages';

/** A write answers with an id, with `success`, or with the words of its edge: none of them would leave the caller in the dark. */
function writeAnswer(spec: MetaSpec, key: string, answer: unknown): string[] {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return [`${key} must answer an object`];
  const type = spec.apis.get(key)?.return ?? 'Object';
  const own: Record<string, string> = { success: 'bool', ...(spec.fields.has(type) ? {} : { id: 'string' }), ...WRITE_ANSWERS[key] };
  const entries = Object.entries(answer);
  const problems = entries.flatMap(([name, value]) => {
    if (key === IMAGES && name === 'images')
      return Object.entries(value as object).flatMap(([file, image]) => answerShape(spec, `images.${file}`, 'AdImage', image));
    const ownType = own[name];
    return ownType === undefined ? answerShape(spec, type, type, { [name]: value }) : answerValue(spec, `${key} ${name}`, ownType, value);
  });
  const tells = entries.some(([name]) => name === 'id' || name === 'images' || name in own);
  return tells ? problems : [...problems, `${key} answers neither an id nor success`];
}

/** Problems of one answer: a field the node or the edge does not have, a value of another type, a write that says nothing. */
export function checkAnswer(spec: MetaSpec, place: Place, answer: unknown): string[] {
  const key = `${place.node} ${place.method} ${place.edge ?? ''}`;
  if (place.method !== 'GET') return writeAnswer(spec, key, answer);
  if (place.edge === undefined) return answerShape(spec, place.node, place.node, answer);
  const type = spec.apis.get(key)?.return;
  if (type === undefined || !spec.fields.has(type)) return [];
  return answerValue(spec, type, `list<${type}>`, answer);
}
