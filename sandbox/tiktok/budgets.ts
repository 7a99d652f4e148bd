import { amount, moment, oneOf, requiredOneOf, showTime, type Params } from './params.ts';
import { SCHEDULES } from './enums.ts';
import { missingField, refuse } from './tiktok-error.ts';
import type { TiktokWorld } from './world.ts';

/** Smallest budgets in units of the account's currency. Unverified [K], and the same for every currency here. */
export const LEAST_CAMPAIGN_BUDGET = 50;
export const LEAST_ADGROUP_BUDGET = 20;

export interface Budget {
  mode: string;
  value: number;
}

/** `budget` with `budget_mode`: infinite goes without a sum, everything else with one of at least `least`. */
export function readBudget(params: Params, modes: readonly string[], least: number): Budget | null {
  const mode = oneOf(params, 'budget_mode', modes);
  const value = amount(params, 'budget');
  if (mode === null) {
    refuse(value !== null && value > 0, 'budget_mode: Missing data for required field.');
    return null;
  }
  if (mode === 'BUDGET_MODE_INFINITE') {
    refuse(value !== null && value > 0, 'budget: Must not be set with BUDGET_MODE_INFINITE.');
    return { mode, value: 0 };
  }
  if (value === null) throw missingField('budget');
  refuse(value < least, `budget: Must be at least ${least}.`);
  refuse(Math.abs(value * 100 - Math.round(value * 100)) > 1e-6, 'budget: At most two decimals.');
  return { mode, value };
}

/** Start and end, as they are answered. A sum for the whole time needs an end. */
export function readSchedule(world: TiktokWorld, params: Params, hasTotalBudget: boolean): Record<string, string> {
  const type = requiredOneOf(params, 'schedule_type', SCHEDULES);
  const start = moment(params, 'schedule_start_time');
  const end = moment(params, 'schedule_end_time');
  if (start === null) throw missingField('schedule_start_time');
  refuse(type === 'SCHEDULE_START_END' && end === null, 'schedule_end_time: Missing data for required field.');
  refuse(type === 'SCHEDULE_FROM_NOW' && hasTotalBudget, 'schedule_type: A total budget needs SCHEDULE_START_END.');
  refuse(end !== null && (end <= start || end <= world.core.now()), 'schedule_end_time: Must be later than the start and than now.');
  return {
    schedule_type: type,
    schedule_start_time: showTime(start),
    ...(end === null ? {} : { schedule_end_time: showTime(end) }),
  };
}
