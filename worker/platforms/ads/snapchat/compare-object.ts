import { asAddress, asInstant, asInteger, asSet, asText, emptyAsNull, type FieldRule } from '#shared/rules/compare-as-built.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { driftOf, type FieldDrift } from '../drift-of.ts';
import { isJson, type Json } from './kinds.ts';
import { toCreateBody } from './to-create-body.ts';

/** Every field we set, planned against found. Fields the platform adds by itself are its own. */
export const compareObject = (request: CreateRequest, found: AsBuilt): FieldDrift[] =>
  driftOf(flatten(toCreateBody(request)), flatten(found.fields), ruleOf, show);

/** Nested fields by their path; lists stay whole. */
function flatten(fields: Json, prefix = ''): Json {
  const flat: Json = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (isJson(value)) Object.assign(flat, flatten(value, `${prefix}${name}.`));
    else flat[prefix + name] = value;
  }
  return flat;
}

function ruleOf(field: string): FieldRule {
  if (field === 'start_time') return { rule: 'normalised', normalise: asInstant };
  if (field === 'targeting.geos') return { rule: 'normalised', normalise: (value) => asSet(each(value, asPlace)) };
  if (field === 'targeting.demographics') return { rule: 'normalised', normalise: (value) => asSet(each(value, asPeople)) };
  if (field.endsWith('_micro')) return { rule: 'normalised', normalise: asInteger };
  if (field.endsWith('_id')) return { rule: 'normalised', normalise: asLower };
  if (field === 'web_view_properties.url') return { rule: 'normalised', normalise: asAddress };
  // Words of the platform's own come in both cases.
  if (/^(status|type|.*(objective_v2_type|_goal|_event|_strategy|to_action|config))$/.test(field))
    return { rule: 'normalised', normalise: asLower };
  return { rule: 'normalised', normalise: (value) => emptyAsNull(asText(value)) };
}

const each = (value: unknown, spell: (entry: Json) => Json): unknown =>
  Array.isArray(value) ? value.map((entry: unknown) => (isJson(entry) ? spell(entry) : entry)) : value;

/** A country, whatever else narrows it; to include it is what an entry means by itself. */
function asPlace({ country_code: country, operation, ...rest }: Json): Json {
  return { ...rest, country_code: asLower(country), ...(asLower(operation ?? 'INCLUDE') === 'include' ? {} : { operation }) };
}

/** Ages are numbers, and come back as text. */
function asPeople({ languages, ...rest }: Json): Json {
  const ages = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, asInteger(value)]));
  return { ...ages, ...(languages === undefined ? {} : { languages: asSet(languages) }) };
}

const asLower = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

const show = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
