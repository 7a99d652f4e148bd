import { expect, test } from 'vitest';
import {
  asAddress,
  asInstant,
  asInteger,
  asSet,
  asText,
  compareAsBuilt,
  emptyAsNull,
  type FieldRule,
  switchesOn,
} from './compare-as-built.ts';

const rules: Record<string, FieldRule> = {
  name: { rule: 'equal' },
  daily_budget: { rule: 'normalised', normalise: asInteger },
  countries: { rule: 'normalised', normalise: asSet },
  start_time: { rule: 'normalised', normalise: asInstant },
  message: { rule: 'normalised', normalise: asText },
  enhancements: { rule: 'normalised', normalise: switchesOn },
  description: { rule: 'normalised', normalise: emptyAsNull },
  placements: { rule: 'platform-owned' },
};
const planned = {
  name: 'Spring ·0123456789ABC',
  daily_budget: 2_000,
  countries: ['FR', 'BE'],
  start_time: '2026-11-21T09:00:00.000Z',
  message: 'Hello\nyou',
  enhancements: {},
  description: '',
  placements: ['feed'],
};
const asBuilt = {
  id: '1',
  name: 'Spring ·0123456789ABC',
  daily_budget: '2000',
  countries: ['BE', 'FR'],
  start_time: '2026-11-21T10:00:00+0100',
  message: 'Hello\r\nyou ',
  placements: ['feed', 'reels'],
};

test("the same object in the platform's own spelling matches", () => {
  const result = compareAsBuilt(planned, asBuilt, rules);
  expect(result).toMatchObject({ matches: true, drift: [] });
  expect(result.compared).not.toContain('placements');
});

test('each real difference is drift, with both sides', () => {
  const changes: Record<string, unknown> = {
    name: 'Spring',
    daily_budget: '20000',
    countries: ['BE'],
    start_time: '2026-11-21T09:00:00+0100',
    message: 'Hello You',
    enhancements: { text_optimizations: true },
    description: 'New',
  };
  for (const [field, value] of Object.entries(changes)) {
    expect(compareAsBuilt(planned, { ...asBuilt, [field]: value }, rules).drift, field).toEqual([
      { field, planned: planned[field as 'name'], asBuilt: value },
    ]);
  }
});

test('a field that did not come back is drift, not agreement', () => {
  const { name: _, ...without } = asBuilt;
  expect(compareAsBuilt(planned, without, rules).drift).toEqual([{ field: 'name', planned: planned.name, asBuilt: undefined }]);
});

test('a switch set to off is the same as one never mentioned; a switch we wanted on that is off is drift', () => {
  expect(compareAsBuilt({ enhancements: { a: false } }, { enhancements: { b: false } }, rules).matches).toBe(true);
  expect(compareAsBuilt({ enhancements: { a: true } }, { enhancements: {} }, rules).matches).toBe(false);
});

test('a field without a rule cannot slip through unchecked', () => {
  expect(() => compareAsBuilt({ bid_amount: 5 }, {}, rules)).toThrow(RangeError);
});

test('an address is the same page with and without its last slash; what is no address stays as it is', () => {
  expect(asAddress('https://Example.com')).toBe('https://example.com/');
  expect(asAddress('https://example.com/a?b=1#c')).toBe('https://example.com/a?b=1#c');
  for (const other of ['example.com', 'javascript:1', 'https://', 7, null, undefined]) expect(asAddress(other)).toBe(other);
});
