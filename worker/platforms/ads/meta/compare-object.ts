import {
  asInstant,
  asInteger,
  asSet,
  asText,
  compareAsBuilt,
  emptyAsNull,
  switchesOn,
  type FieldRule,
} from '#shared/rules/compare-as-built.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { toCreateParams } from './to-create-params.ts';
import type { EnrollStatus } from './enhancements.ts';

type Flat = Record<string, unknown>;
const FEATURES = 'degrees_of_freedom_spec.creative_features_spec';

/**
 * Every field we set, planned against found. Fields the platform adds by itself are its own, except creative features: one that is on
 * without the plan saying so is drift.
 */
export function compareObject(request: CreateRequest, found: AsBuilt): { field: string; planned: string; found: string }[] {
  const planned = flatten(toCreateParams(request));
  const built = flatten(found.fields);
  const rules = Object.fromEntries(Object.keys(planned).map((field) => [field, ruleOf(field)]));
  return compareAsBuilt(planned, built, rules).drift.map((drift) => ({
    field: drift.field,
    planned: show(planned[drift.field]),
    found: show(drift.asBuilt),
  }));
}

/** Nested fields by their path; lists and the feature switches stay whole. `creative.creative_id` is read back as `creative.id`. */
function flatten(fields: Flat, prefix = ''): Flat {
  const flat: Flat = {};
  for (const [name, value] of Object.entries(fields)) {
    const path = prefix + name;
    if (value === undefined) continue;
    if (path === 'creative') flat[path] = (value as { creative_id?: unknown; id?: unknown }).creative_id ?? (value as { id?: unknown }).id;
    else if (path === FEATURES)
      flat[path] = Object.fromEntries(
        Object.entries(value as Record<string, EnrollStatus>).map(([feature, one]) => [feature, one.enroll_status === 'OPT_IN']),
      );
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(flat, flatten(value as Flat, `${path}.`));
    else flat[path] = value;
  }
  return flat;
}

function ruleOf(field: string): FieldRule {
  // Labels are ours to find things by, not something a person planned.
  if (field === 'adlabels') return { rule: 'platform-owned' };
  if (field === FEATURES) return { rule: 'normalised', normalise: switchesOn };
  if (field === 'start_time') return { rule: 'normalised', normalise: asInstant };
  if (/(^|\.)(daily_budget|age_min|age_max|advantage_audience|\w+_id)$/.test(field)) return { rule: 'normalised', normalise: asInteger };
  if (/(countries|special_ad_categories)$/.test(field)) return { rule: 'normalised', normalise: (value) => emptyAsNull(asSet(value)) };
  if (/(^|\.)link$/.test(field)) return { rule: 'normalised', normalise: asAddress };
  return { rule: 'normalised', normalise: (value) => emptyAsNull(asText(value)) };
}

/** "https://example.com" and "https://example.com/" are the same page. */
function asAddress(value: unknown): unknown {
  try {
    return new URL(String(value)).href;
  } catch {
    return value;
  }
}

function show(value: unknown): string {
  const plain = emptyAsNull(value);
  if (plain === null || plain === undefined) return '—';
  if (typeof plain === 'object' && !Array.isArray(plain)) return (switchesOn(plain) as string[]).join(', ') || 'all off';
  return Array.isArray(plain) ? plain.map(String).join(', ') : String(plain);
}
