import { asAddress, asSet, asText, emptyAsNull, type FieldRule } from '#shared/rules/compare-as-built.ts';
import type { AdSetSpec } from '#shared/rules/planned-item.ts';
import type { AsBuilt, CreateRequest } from '../ad-platform.ts';
import { driftOf, type FieldDrift } from '../drift-of.ts';
import { contentOf, enhancementsOf } from './ad-content.ts';
import type { Row } from './client.ts';
import { startDrift } from './start-time.ts';
import { toCreateParams } from './to-create-params.ts';

/** Ours to send, not something a person planned. */
const NOT_COMPARED = new Set(['request_id', 'schedule_start_time', 'schedule_type']);
const ENHANCEMENTS = 'creative_auto_enhancement_strategy_list';
/** Lists whose order means nothing. */
const SETS = /_ids$|_groups$|special_industries|strategy_list$/;

/**
 * Every field we set, planned against found. What the platform adds by itself is its own, except the switches with which it changes
 * creatives: one that is on without the plan saying so is drift.
 */
export function compareObject(request: CreateRequest, found: AsBuilt): FieldDrift[] {
  const planned = flat(toCreateParams(request, found.createdAt ?? new Date(0)));
  if (request.kind === 'ad') planned[ENHANCEMENTS] = enhancementsOf(contentOf(request));
  const built = flat(found.fields);
  const drift = driftOf(planned, built, ruleOf).map((one) => (one.field === 'operation_status' ? { ...one, field: 'status' } : one));
  if (request.kind !== 'ad_set') return drift;
  const start = startDrift((request.spec as AdSetSpec).startTime, found.fields['schedule_start_time'], found.createdAt);
  return start === null ? drift : [...drift, start];
}

/** Nested fields by their own name, lists of objects as lists of each of their fields: `ad_text_list: [{ad_text}]` is read as `ad_text: […]`. */
function flat(fields: Row): Row {
  const view: Row = {};
  for (const [name, value] of Object.entries(fields)) {
    // The platform repeats there who speaks; of its switches only those that change creatives are looked at.
    if (name === 'ad_configuration') view[ENHANCEMENTS] = (value as Row | null)?.[ENHANCEMENTS];
    else if (Array.isArray(value) && value.some((one) => typeof one === 'object' && one !== null))
      for (const one of value as Row[])
        for (const [inner, part] of Object.entries(flat(one))) view[inner] = [...((view[inner] ?? []) as unknown[]), ...[part].flat()];
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) Object.assign(view, flat(value as Row));
    else if (value !== undefined) view[name] = value;
  }
  return view;
}

function ruleOf(field: string): FieldRule {
  if (NOT_COMPARED.has(field)) return { rule: 'platform-owned' };
  if (SETS.test(field)) return { rule: 'normalised', normalise: (value) => emptyAsNull(asSet(plain(value))) };
  return { rule: 'normalised', normalise: (value) => emptyAsNull(plain(value)) };
}

/** Numbers and flags come as numbers, flags or texts; addresses with and without the last slash. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = asText(value);
  if (typeof text !== 'string') return text;
  if (/^-?\d+\.\d+$/.test(text)) return String(Number(text));
  return asAddress(text);
}
