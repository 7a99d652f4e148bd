import { asAddress, asInstant, asInteger, asSet, asText, emptyAsNull, switchesOn, type FieldRule } from '#shared/rules/compare-as-built.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { driftOf, type FieldDrift } from '../drift-of.ts';
import { toCreateParams } from './to-create-params.ts';
import type { EnrollStatus } from './enhancements.ts';

type Flat = Record<string, unknown>;
const FEATURES = 'degrees_of_freedom_spec.creative_features_spec';

/**
 * Every field we set, planned against found. Fields the platform adds by itself are its own, except creative features: one that is on
 * without the plan saying so is drift.
 */
export const compareObject = (request: CreateRequest, found: AsBuilt): FieldDrift[] =>
  driftOf(flatten(toCreateParams(request)), flatten(found.fields), ruleOf);

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
