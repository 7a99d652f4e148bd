import { existsSync, readFileSync } from 'node:fs';
import { checkShape, type Models } from './spec-answers.ts';
import { SERVED_VERSION, type TiktokCall } from './call.ts';

interface SdkParam {
  t: string;
  in?: string;
}
interface Schema {
  type?: string;
  enum?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}
interface OpenApiCall {
  parameters: { name: string; schema?: Schema; content?: Record<string, { schema: Schema }> }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-data-keys'?: Tree;
}
type Tree = 1 | { [key: string]: Tree } | Tree[];

/** Three published descriptions: the official SDK, official enums and answer keys, and shapes of a third party where both say nothing. */
export interface TiktokSpec {
  sdk: {
    endpoints: Record<string, Record<string, { params: Record<string, SdkParam> }>>;
    models: Record<string, Record<string, SdkParam>>;
  };
  openapi: { paths: Record<string, Record<string, OpenApiCall>> };
  shapes: { endpoints: Record<string, { request: string | null; response: string | null }>; models: Models };
}

const FOLDER = new URL('../../../shared/specs/tiktok/', import.meta.url);
const FILES = {
  sdk: 'tiktok-business-v1.3.sdk.json',
  openapi: 'tiktok-business-v1.3.openapi-subset.json',
  shapes: 'tiktok-business-v1.3.shapes.thirdparty.json',
} as const;

let loaded: TiktokSpec | null | undefined;

/** Null when the data lies not beside the repository; tests then skip with a visible note. */
export function loadTiktokSpec(): TiktokSpec | null {
  if (loaded === undefined) {
    const read = (name: string): unknown => {
      const file = new URL(name, FOLDER);
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as unknown) : null;
    };
    const [sdk, openapi, shapes] = [read(FILES.sdk), read(FILES.openapi), read(FILES.shapes)];
    loaded = sdk === null || openapi === null || shapes === null ? null : ({ sdk, openapi, shapes } as TiktokSpec);
  }
  return loaded;
}

/** What the platform takes although no description says so; each with its reason. */
const ALSO_ALLOWED: Record<string, readonly string[]> = {
  'ad/create/': ['creative_auto_enhancement_strategy_list'], // third party only [T]
  'lead/get/': ['lead_id'], // without it the call could not be used [K]
  'page/lead/mock/delete/': ['advertiser_id', 'page_id'],
  'tt_user/oauth2/refresh_token/': ['client_id', 'client_secret', 'grant_type', 'refresh_token'],
  'oauth2/revoke_token/': ['app_id', 'secret', 'access_token'],
  'subscription/unsubscribe/': ['app_id', 'secret', 'subscription_id'],
  'identity/video/get/': ['page', 'page_size'],
  'file/transfer/upload/': ['file'],
};
/** Paths that are known by name only. */
const OWN_PATHS = new Set(['page/lead/mock/delete/', 'changelog/task/check/', 'smart_plus/adgroup/budget/update/', 'campaign/spc/create/']);

const full = (path: string): string => `/open_api/${SERVED_VERSION}/${path}`;
const inner = (type: string): string | null => /^(?:\[(.+)\]|Array\.<(.+)>)$/.exec(type)?.slice(1).find(Boolean) ?? null;

function valueProblems(spec: TiktokSpec, at: string, type: string, value: unknown): string[] {
  const each = inner(type);
  if (each !== null) {
    if (!Array.isArray(value)) return [`${at} must be a list`];
    return value.flatMap((one) => valueProblems(spec, at, each, one));
  }
  const model = spec.sdk.models[type];
  if (model !== undefined) return modelProblems(spec, at, model, value, []);
  switch (type) {
    case 'String':
      return typeof value === 'string' ? [] : [`${at} must be a string`];
    case 'Number':
      return /^-?\d+(\.\d+)?$/.test(String(value)) ? [] : [`${at} must be a number`];
    case 'Boolean':
      return ['true', 'false'].includes(String(value)) ? [] : [`${at} must be true or false`];
    default:
      return [];
  }
}

function modelProblems(
  spec: TiktokSpec,
  at: string,
  model: Record<string, SdkParam>,
  value: unknown,
  allowed: readonly string[],
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} must be an object`];
  return Object.entries(value).flatMap(([name, part]) => {
    const field = model[name];
    const where = at === '' ? name : `${at}.${name}`;
    if (field === undefined) return allowed.includes(name) ? [] : [`${where} is not a field`];
    return part === null ? [] : valueProblems(spec, where, field.t, part);
  });
}

/** Values outside the official enums. */
function enumProblems(at: string, schema: Schema | undefined, value: unknown): string[] {
  if (schema === undefined || value === undefined || value === null) return [];
  if (schema.items !== undefined && Array.isArray(value)) return value.flatMap((one) => enumProblems(at, schema.items, one));
  if (schema.properties !== undefined && typeof value === 'object') {
    return Object.entries(value).flatMap(([name, part]) => enumProblems(`${at}.${name}`, schema.properties?.[name], part));
  }
  return schema.enum === undefined || schema.enum.includes(String(value)) ? [] : [`${at} = ${String(value)} is not in its enum`];
}

function officialEnums(spec: TiktokSpec, call: TiktokCall): string[] {
  const described = spec.openapi.paths[full(call.path)]?.[call.method.toLowerCase()];
  if (described === undefined) return [];
  const [body] = Object.values(described.requestBody?.content ?? {});
  if (body !== undefined) return enumProblems('body', body.schema, call.params);
  return described.parameters.flatMap((one) =>
    enumProblems(one.name, one.schema ?? Object.values(one.content ?? {})[0]?.schema, call.params[one.name]),
  );
}

/** Problems of one request: unknown path, unknown parameter, wrong type, value outside its enum. Empty = fine. */
export function checkRequest(spec: TiktokSpec, call: Pick<TiktokCall, 'files' | 'method' | 'params' | 'path'> & TiktokCall): string[] {
  const { path, method } = call;
  const allowed = ALSO_ALLOWED[path] ?? [];
  const params: Record<string, unknown> = { ...call.params, ...Object.fromEntries([...call.files.keys()].map((name) => [name, 'file'])) };
  const official = spec.sdk.endpoints[full(path)]?.[method]?.params;
  if (official === undefined) {
    const shape = spec.shapes.endpoints[`${method} ${full(path)}`] ?? spec.shapes.endpoints[`${method}(multipart) ${full(path)}`];
    if (shape === undefined) return OWN_PATHS.has(path) ? [] : [`${path} is not an endpoint`];
    const known = shape.request === null ? undefined : spec.shapes.models[shape.request]?.fields;
    if (known === undefined) return [];
    return Object.keys(params).flatMap((name) => (name in known || allowed.includes(name) ? [] : [`${name} is not a parameter`]));
  }
  const body = official['body'];
  const model = body === undefined ? official : (spec.sdk.models[body.t] ?? {});
  const problems = modelProblems(spec, '', model, params, [...allowed, 'Access_Token']).filter(
    (problem) => !isNestedAllowed(problem, allowed),
  );
  return [...problems, ...officialEnums(spec, call)];
}

const isNestedAllowed = (problem: string, allowed: readonly string[]): boolean =>
  allowed.some((name) => problem.endsWith(`.${name} is not a field`));

/** What is answered beside the described keys; each with its reason. */
const ALSO_ANSWERED: Record<string, readonly string[]> = {
  'smart_plus/ad/create/': ['creative_auto_enhancement_strategy_list'], // the fault that turns one on
  'smart_plus/ad/get/': ['creative_auto_enhancement_strategy_list'],
  'smart_plus/ad/update/': ['creative_auto_enhancement_strategy_list'],
};

function treeProblems(at: string, tree: Tree, value: unknown, allowed: readonly string[]): string[] {
  if (tree === 1 || value === null || value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((one) => treeProblems(at, tree, one, allowed));
  if (Array.isArray(tree)) return treeProblems(at, tree[0] ?? 1, value, allowed);
  if (typeof value !== 'object') return [`${at} must be an object`];
  const known = new Map(Object.entries(tree).map(([name, part]) => [name.replace(/(\[\])+$/, ''), part]));
  return Object.entries(value).flatMap(([name, part]) => {
    const inside = known.get(name);
    if (inside === undefined) return allowed.includes(name) ? [] : [`${at}.${name} is not answered`];
    return treeProblems(`${at}.${name}`, inside, part, allowed);
  });
}

/** Problems of one answer's `data`: a key that no description knows, a value of another type. Official keys win over third-party shapes. */
export function checkAnswer(spec: TiktokSpec, call: Pick<TiktokCall, 'method' | 'path'>, data: unknown): string[] {
  const { path, method } = call;
  const tree = spec.openapi.paths[full(path)]?.[method.toLowerCase()]?.['x-data-keys'];
  const isShallow = tree !== undefined && tree !== 1 && Object.values(tree).every((part) => part === 1);
  if (tree !== undefined && !isShallow) return treeProblems('data', tree, data, ALSO_ANSWERED[path] ?? []);
  const shape = spec.shapes.endpoints[`${method} ${full(path)}`] ?? spec.shapes.endpoints[`${method}(multipart) ${full(path)}`];
  if (shape?.response === undefined || shape.response === null) return [];
  return checkShape(spec.shapes.models, path, shape.response, data);
}
