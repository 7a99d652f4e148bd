import { expect, test } from 'vitest';
import { insightRange, olderRange } from './insight-range.ts';

const PARIS = 'Europe/Paris';
const at = (text: string) => new Date(text);

test('28 days at first, three days daily, 28 again in a new week, and never a gap', () => {
  const friday = at('2026-11-20T10:00:00Z');
  expect(insightRange(null, friday, PARIS)).toEqual({ since: '2026-10-24', until: '2026-11-20' });
  expect(insightRange(at('2026-11-20T09:45:00Z'), friday, PARIS)).toEqual({ since: '2026-11-18', until: '2026-11-20' });
  expect(insightRange(at('2026-11-17T09:45:00Z'), friday, PARIS)).toEqual({ since: '2026-11-15', until: '2026-11-20' });
  expect(insightRange(at('2026-11-15T22:59:00Z'), friday, PARIS)).toEqual({ since: '2026-10-24', until: '2026-11-20' }); // Sunday in Paris
  expect(insightRange(at('2026-11-15T23:00:00Z'), friday, PARIS)).toEqual({ since: '2026-11-14', until: '2026-11-20' }); // Monday in Paris
  expect(insightRange(at('2026-08-01T10:00:00Z'), friday, PARIS)).toEqual({ since: '2026-07-30', until: '2026-11-20' });
});

test("days are the account's: the same instant is another day elsewhere", () => {
  const late = at('2026-11-20T23:30:00Z');
  expect(insightRange(null, late, PARIS).until).toBe('2026-11-21');
  expect(insightRange(null, late, 'America/New_York').until).toBe('2026-11-20');
});

test('the older days reach 96 back, which covers 90 days that ended yesterday, and stop there', () => {
  const now = at('2026-11-20T10:00:00Z');
  expect(olderRange('2026-10-24', now, PARIS)).toEqual({ since: '2026-08-17', until: '2026-10-23' });
  expect(olderRange('2026-08-18', now, PARIS)).not.toBeNull();
  expect(olderRange('2026-08-17', now, PARIS)).toBeNull();
});
