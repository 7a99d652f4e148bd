import { addDays, dayOf, daysBetween } from './day-of.ts';
import { instantOfLocal, localOfInstant } from './instant-of-local.ts';
import type { Plan } from './launch-plan.ts';

/** A date of a plan that had passed: what it was and what it is now, as the plan writes it. */
export interface MovedDate {
  field: 'startTime' | 'namingDate';
  from: string;
  to: string;
}

/** Time that a person gets to check and approve before a start that was moved. */
const LEAD_MS = 60 * 60_000;

/**
 * The plan of an earlier launch for another one: what had passed by `nowMs` moves forward, a start by whole days so that it keeps its time of
 * day on the account's clocks. Nothing else changes.
 */
export function planAgain(plan: Plan, nowMs: number): { plan: Plan; moved: MovedDate[] } {
  const { startTime, namingDate, timezone } = plan.settings;
  const today = dayOf(nowMs, timezone);
  const next = { startTime: laterStart(startTime, timezone, nowMs), namingDate: namingDate < today ? today : namingDate };
  const moved: MovedDate[] = [];
  if (startTime !== null && next.startTime !== null && next.startTime !== startTime)
    moved.push({ field: 'startTime', from: startTime, to: next.startTime });
  if (next.namingDate !== namingDate) moved.push({ field: 'namingDate', from: namingDate, to: next.namingDate });
  return { plan: { ...plan, settings: { ...plan.settings, ...next } }, moved };
}

function laterStart(startTime: string | null, timezone: string, nowMs: number): string | null {
  if (startTime === null || Date.parse(startTime) >= nowMs) return startTime;
  const local = localOfInstant(startTime, timezone);
  const on = (days: number) => instantOfLocal(`${addDays(local.slice(0, 10), days)}${local.slice(10)}`, timezone);
  const today = daysBetween(local.slice(0, 10), dayOf(nowMs, timezone));
  return [today, today + 1, today + 2].map(on).find((start) => Date.parse(start) >= nowMs + LEAD_MS) ?? on(today + 2);
}
