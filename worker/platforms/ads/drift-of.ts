import { compareAsBuilt, emptyAsNull, switchesOn, type FieldRule } from '#shared/rules/compare-as-built.ts';

/** One field that is not as planned, in words for a person. */
export interface FieldDrift {
  field: string;
  planned: string;
  found: string;
}

/** Every planned field under its rule, against what was read back. Both sides flat, and spelled alike where the rules do not see to it. */
export function driftOf(
  planned: Readonly<Record<string, unknown>>,
  built: Readonly<Record<string, unknown>>,
  ruleOf: (field: string) => FieldRule,
  show: (value: unknown) => string = inWords,
): FieldDrift[] {
  const rules = Object.fromEntries(Object.keys(planned).map((field) => [field, ruleOf(field)]));
  return compareAsBuilt(planned, built, rules).drift.map((one) => ({
    field: one.field,
    planned: shown(one.planned, show),
    found: shown(one.asBuilt, show),
  }));
}

function shown(value: unknown, show: (value: unknown) => string): string {
  const plain = emptyAsNull(value);
  return plain === null ? '—' : show(plain);
}

/** Lists by their parts, switches by those that are on. */
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ');
  return typeof value === 'object' ? (switchesOn(value) as string[]).join(', ') || 'all off' : String(value);
}
