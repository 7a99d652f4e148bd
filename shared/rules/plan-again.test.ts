import { expect, test } from 'vitest';
import type { Plan } from './launch-plan.ts';
import { planAgain } from './plan-again.ts';
import { samplePlan, sampleSettings } from './plan-sample.test-data.ts';

const at = (startTime: string | null, namingDate = '2026-11-20'): Plan =>
  samplePlan(1, 1, ['1x1'], { settings: { ...sampleSettings, timezone: 'Europe/Paris', startTime, namingDate } });
const again = (startTime: string | null, now: string) => planAgain(at(startTime), Date.parse(now));

test('what has not passed stays as it is', () => {
  const plan = at('2026-12-01T08:00:00.000Z');
  expect(planAgain(plan, Date.parse('2026-11-20T12:00:00Z'))).toEqual({ plan, moved: [] });
  expect(again(null, '2026-11-20T12:00:00Z').moved).toEqual([]);
});

test('a start that has passed keeps its time of day on the account’s clocks, also over their change', () => {
  // 09:00 in Paris is 07:00 UTC in summer and 08:00 in winter.
  const { plan, moved } = again('2026-07-01T07:00:00.000Z', '2026-11-20T06:30:00Z');
  expect(plan.settings.startTime).toBe('2026-11-20T08:00:00.000Z');
  expect(moved).toEqual([{ field: 'startTime', from: '2026-07-01T07:00:00.000Z', to: '2026-11-20T08:00:00.000Z' }]);
});

test('a moved start leaves an hour to approve', () => {
  expect(again('2026-11-01T08:00:00.000Z', '2026-11-20T07:30:00Z').plan.settings.startTime).toBe('2026-11-21T08:00:00.000Z');
  expect(again('2026-11-01T08:00:00.000Z', '2026-11-20T23:30:00Z').plan.settings.startTime).toBe('2026-11-21T08:00:00.000Z');
});

test('the day that names carry becomes today in the account’s timezone, and is said', () => {
  const { plan, moved } = again(null, '2026-11-24T23:30:00Z');
  expect(plan.settings.namingDate).toBe('2026-11-25');
  expect(moved).toEqual([{ field: 'namingDate', from: '2026-11-20', to: '2026-11-25' }]);
});
