import type { DayFigures } from '../figure-book.ts';
import { messageOf } from '../proto-schema.ts';

const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/** What the sandbox keeps figures of; every other metric is answered as none. Unverified [K]: clicks stand for interactions. */
const FORMULAS: Record<string, ((day: DayFigures) => number) | undefined> = {
  impressions: (day) => day.impressions,
  clicks: (day) => day.clicks,
  interactions: (day) => day.clicks,
  cost_micros: (day) => day.costMicros,
  conversions: (day) => day.conversions,
  all_conversions: (day) => day.conversions,
  conversions_value: (day) => day.conversionsValue,
  all_conversions_value: (day) => day.conversionsValue,
  ctr: (day) => ratio(day.clicks, day.impressions),
  interaction_rate: (day) => ratio(day.clicks, day.impressions),
  average_cpc: (day) => ratio(day.costMicros, day.clicks),
  average_cost: (day) => ratio(day.costMicros, day.clicks),
  average_cpm: (day) => ratio(day.costMicros * 1000, day.impressions),
  cost_per_conversion: (day) => ratio(day.costMicros, day.conversions),
  cost_per_all_conversions: (day) => ratio(day.costMicros, day.conversions),
  conversions_from_interactions_rate: (day) => ratio(day.conversions, day.clicks),
  all_conversions_from_interactions_rate: (day) => ratio(day.conversions, day.clicks),
  value_per_conversion: (day) => ratio(day.conversionsValue, day.conversions),
};

/** One metric as JSON: whole numbers of 64 bits are text. */
export function metricOf(snake: string, day: DayFigures): unknown {
  const value = FORMULAS[snake]?.(day) ?? 0;
  return messageOf('common.Metrics').byName.get(snake)?.t === 'int64' ? String(Math.round(value)) : value;
}

export const NO_FIGURES: DayFigures = { costMicros: 0, impressions: 0, clicks: 0, conversions: 0, conversionsValue: 0 };

export function addFigures(a: DayFigures, b: DayFigures): DayFigures {
  return {
    costMicros: a.costMicros + b.costMicros,
    impressions: a.impressions + b.impressions,
    clicks: a.clicks + b.clicks,
    conversions: a.conversions + b.conversions,
    conversionsValue: a.conversionsValue + b.conversionsValue,
  };
}

/** A share of a day, whole; the last part takes what is left so that the parts add up. */
export function splitFigures(day: DayFigures, share: number): [DayFigures, DayFigures] {
  const first = {
    costMicros: Math.round((day.costMicros * share) / 10_000) * 10_000,
    impressions: Math.round(day.impressions * share),
    clicks: Math.round(day.clicks * share),
    conversions: Math.round(day.conversions * share),
    conversionsValue: Math.round(day.conversionsValue * share),
  };
  const rest = Object.fromEntries(
    Object.entries(day).map(([name, value]) => [name, value - first[name as keyof DayFigures]]),
  ) as unknown as DayFigures;
  return [first, rest];
}
