import { existsSync, readFileSync } from 'node:fs';

/** Discovery style: a reference is the bare name of a schema. */
interface Schema {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema;
}
interface Method {
  httpMethod: string;
  path: string;
  request?: Schema;
  response?: Schema;
}
export interface AdsSpec {
  schemas: Record<string, Schema>;
  /** By the names that routes have here: `POST /campaigns:mutate`. */
  methods: Map<string, Method>;
}

const FILE = new URL('../../../shared/specs/google-ads/googleads-v25.discovery-subset.json', import.meta.url);
let loaded: AdsSpec | null | undefined;

const nameOf = ({ httpMethod, path }: Method): string =>
  `${httpMethod} ${path.replace(/^v25\//, '').replace(/^customers\/\{\+customerId\}/, '')}`;

/** Null when the data lies not beside the repository; tests then skip with a visible note. */
export function loadAdsSpec(): AdsSpec | null {
  if (loaded === undefined) {
    const file = existsSync(FILE)
      ? (JSON.parse(readFileSync(FILE, 'utf8')) as { schemas: Record<string, Schema>; methods: Record<string, Method> })
      : null;
    loaded =
      file === null
        ? null
        : { schemas: file.schemas, methods: new Map(Object.values(file.methods).map((method) => [nameOf(method), method])) };
  }
  return loaded;
}

function checkScalar({ type, format, enum: values }: Schema, value: unknown): string | null {
  switch (type) {
    case 'string':
      if (typeof value !== 'string') return 'must be a string';
      if (format === 'int64' && !/^-?\d+$/.test(value)) return 'must be a whole number in a string';
      return values === undefined || values.includes(value) ? null : `= ${value} is not in its enum`;
    case 'integer':
      return Number.isInteger(value) ? null : 'must be an integer';
    case 'number':
      return typeof value === 'number' ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be a boolean';
    default:
      return null;
  }
}

function check(spec: AdsSpec, schema: Schema, value: unknown, place: string): string[] {
  if (schema.$ref !== undefined) {
    const target = spec.schemas[schema.$ref];
    return target === undefined ? [] : check(spec, target, value, place);
  }
  if (schema.type === 'array') {
    if (!Array.isArray(value)) return [`${place} must be a list`];
    return value.flatMap((one, index) => check(spec, schema.items ?? {}, one, `${place}[${index}]`));
  }
  if (schema.type === 'object') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place} must be an object`];
    const { properties, additionalProperties } = schema;
    if (properties === undefined) return [];
    return Object.entries(value).flatMap(([name, part]) => {
      const known = properties[name] ?? additionalProperties;
      return known === undefined ? [`${place}.${name} is not a field`] : check(spec, known, part, `${place}.${name}`);
    });
  }
  const problem = checkScalar(schema, value);
  return problem === null ? [] : [`${place} ${problem}`];
}

/** Problems of a request or an answer. A route that the trimmed document leaves out is not judged. */
export function checkBody(spec: AdsSpec, route: string, side: 'request' | 'response', body: unknown): string[] {
  const schema = spec.methods.get(route)?.[side];
  return schema === undefined ? [] : check(spec, schema, body, side);
}
