import { z } from 'zod';
import type { Access, AnyContract } from '#shared/contracts/define-contract.ts';
import * as contracts from '#shared/contracts/index.ts';
import { EVENT_DATA, EVENT_TYPES } from '#shared/contracts/machines.ts';
import { problem } from '#shared/contracts/parts.ts';
import type { RouteFact } from '../bind-contract.ts';

/** As much of JSON Schema as zod writes and the reference page reads. */
export interface Schema {
  type?: string;
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}
export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  description?: string;
  schema: Schema;
}
type Body = { required: true; content: { 'application/json': { schema: Schema } } };
interface Answer {
  description: string;
  headers?: Record<string, { description: string; schema: Schema }>;
  content?: Record<string, { schema: Schema | { $ref: string } }>;
}
export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  security: Record<string, string[]>[];
  'x-inlay-scope'?: string;
  parameters: Parameter[];
  requestBody?: Body;
  responses: Record<string, Answer | { $ref: string }>;
}
export interface OpenApi {
  openapi: '3.1.0';
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, { post: { operationId: string; summary: string; requestBody: Body; responses: Record<string, Answer> } }>;
  components: object;
}

const ID_HEADERS: Record<string, Schema> = {
  'webhook-id': { type: 'string' },
  'webhook-timestamp': { type: 'string' },
  'webhook-signature': { type: 'string' },
};

/** Every contract that is bound, and nothing else, as OpenAPI 3.1. */
export function buildOpenapi(facts: readonly RouteFact[], origin: string): OpenApi {
  const names = nameContracts();
  const bound = facts.flatMap(({ contract }) => (contract ? [{ contract, ...nameOf(names, contract) }] : []));
  const paths: OpenApi['paths'] = {};
  for (const { contract, tag, name } of bound) {
    const path = contract.path.replaceAll(/:(\w+)/g, '{$1}');
    (paths[path] ??= {})[contract.method.toLowerCase()] = operationOf(contract, tag, name);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inlay API',
      version: '1',
      description:
        'JSON over HTTPS. Fields are added, never changed or taken away; ignore what you do not know. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: origin }],
    tags: [...new Set(bound.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    webhooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, webhookOf(type)])),
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, "ink_live_…", with the scope the call names.' },
        session: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of a signed-in person, good for 15 minutes.',
        },
        widget: { type: 'http', scheme: 'DPoP', description: 'The token of a widget, bound to the page it was made for.' },
      },
      schemas: { Problem: schemaOf(problem, 'output') },
      responses: { Problem: { description: 'Why it was not done, and what to do.', content: problemContent } },
    },
  };
}

const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
type Names = Map<unknown, { tag: string; name: string }>;

/** A contract is called as its file exports it, and grouped by the file. */
const nameContracts = (): Names =>
  new Map(Object.entries(contracts).flatMap(([tag, domain]) => Object.entries(domain).map(([name, one]) => [one, { tag, name }] as const)));

function nameOf(names: Names, contract: AnyContract): { tag: string; name: string } {
  const known = names.get(contract);
  if (!known) throw new Error(`${contract.method} ${contract.path} is no export of shared/contracts/index.ts.`);
  return known;
}

function operationOf(contract: AnyContract, tag: string, name: string): Operation {
  const isWriting = contract.method !== 'GET' && contract.access.kind === 'member';
  return {
    operationId: name,
    tags: [tag],
    summary: contract.summary,
    description: whoMay(contract.access),
    security: securityOf(contract.access),
    ...(contract.access.kind === 'member' ? { 'x-inlay-scope': contract.access.permission } : {}),
    parameters: [
      ...[...contract.path.matchAll(/:(\w+)/g)].map(([, param = '']): Parameter => {
        const schema = contract.params && schemaOf(contract.params, 'input').properties?.[param];
        return { name: param, in: 'path', required: true, schema: schema ?? { type: 'string' } };
      }),
      ...(contract.query ? queryOf(contract.query) : []),
      ...(isWriting
        ? [
            {
              name: 'Idempotency-Key',
              in: 'header' as const,
              required: false,
              description: 'A random id: sent again with the same key, the call is done once and answered alike for 24 hours.',
              schema: { type: 'string', minLength: 1, maxLength: 200 },
            },
          ]
        : []),
    ],
    ...(contract.body ? { requestBody: bodyOf(schemaOf(contract.body, 'input')) } : {}),
    responses: answersOf(contract),
  };
}

const bodyOf = (schema: Schema): Body => ({ required: true, content: { 'application/json': { schema } } });

function queryOf(query: z.ZodType): Parameter[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input');
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema }));
}

function answersOf({ access, status = 200, response, params, body }: AnyContract): Operation['responses'] {
  const no = { $ref: '#/components/responses/Problem' };
  const paced: Answer['headers'] = {
    'RateLimit-Policy': { description: 'How often the caller may call.', schema: { type: 'string' } },
    RateLimit: { description: 'What is left of it, and the seconds until it is whole again.', schema: { type: 'string' } },
  };
  const isPaced = access.kind !== 'public' && access.kind !== 'embed';
  return {
    [status]: {
      description: 'Done.',
      ...(isPaced ? { headers: paced } : {}),
      ...(status === 204 ? {} : { content: { 'application/json': { schema: schemaOf(response, 'output') } } }),
    },
    ...(access.kind === 'public' ? {} : { 401: no }),
    ...(access.kind === 'public' || access.kind === 'embed' ? {} : { 403: no }),
    ...(params ? { 404: no } : {}),
    ...(body ? { 409: no, 422: no } : {}),
    429: no,
    default: no,
  };
}

function securityOf(access: Access): Record<string, string[]>[] {
  if (access.kind === 'public') return [];
  if (access.kind === 'embed') return [{ widget: [] }];
  return isForKeys(access) ? [{ apiKey: [] }, { session: [] }] : [{ session: [] }];
}

/** Whether an API key may make the call. */
const isForKeys = (access: Access): boolean => access.kind === 'member' && !access.people && !access.stepUp;

function whoMay(access: Access): string {
  const proof = 'stepUp' in access && access.stepUp ? ' Who they are must have been proven in the last five minutes.' : '';
  if (access.kind === 'public') return 'Anybody.';
  if (access.kind === 'embed') return 'A widget on a registered page.';
  if (access.kind === 'staff') return `Our own staff.${proof}`;
  if (access.kind === 'person') return `Any signed-in person.${proof}`;
  return isForKeys(access) ? `Members and API keys with ${access.permission}.` : `Members with ${access.permission}; no API keys.${proof}`;
}

function webhookOf(type: (typeof EVENT_TYPES)[number]) {
  const body = z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data: EVENT_DATA[type] });
  return {
    post: {
      operationId: `on.${type}`,
      summary: `Sent to your webhook endpoints: ${type}`,
      parameters: Object.entries(ID_HEADERS).map(([name, schema]) => ({ name, in: 'header', required: true, schema })),
      requestBody: bodyOf(schemaOf(body, 'output')),
      responses: { '2XX': { description: 'Taken. Anything else is tried again; 410 switches the endpoint off.' } },
    },
  };
}

/** Answers may grow: nobody is told that they have no other fields. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return rest as Schema;
}
