import { seededNumber } from '../core/seeded.ts';
import { dayAfter, dayAt, startOfDay } from './account-time.ts';

export interface DayFigures {
  /** Micro units of the ad account's currency. */
  spendMicro: number;
  impressions: number;
  swipes: number;
}

/** Daily figures per ad. Demo figures follow from seed, ad and day, so nothing is stored for them; set figures win. */
export class StatsBook {
  #seed: number;
  #demo = new Map<string, { weight: number; from: number }>();
  #set = new Map<string, Map<string, DayFigures>>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Marks a demo ad as delivering since a moment; weight 1 = about 20 a day in the account's currency. */
  deliver(adId: string, weight: number, from: number): void {
    this.#demo.set(adId, { weight, from });
  }

  set(adId: string, day: string, figures: DayFigures): void {
    const days = this.#set.get(adId) ?? new Map<string, DayFigures>();
    days.set(day, figures);
    this.#set.set(adId, days);
  }

  /**
   * One ad's figures between two moments. A day's figures are spread evenly over its hours and counted cumulatively, so hours add up
   * to their day and days to their total, to the unit.
   */
  between(adId: string, timezone: string, from: number, until: number): DayFigures {
    const sum = { spendMicro: 0, impressions: 0, swipes: 0 };
    const first = [dayAt(timezone, from), this.#firstDay(adId, timezone)].toSorted().at(-1) ?? '';
    for (let day = first; startOfDay(timezone, day) < until; day = dayAfter(day)) {
      const figures = this.#day(adId, timezone, day);
      if (figures === null) continue;
      const start = startOfDay(timezone, day);
      const length = startOfDay(timezone, dayAfter(day)) - start;
      const share = (at: number): number => Math.min(1, Math.max(0, (at - start) / length));
      for (const name of ['spendMicro', 'impressions', 'swipes'] as const)
        sum[name] += Math.floor(figures[name] * share(until)) - Math.floor(figures[name] * share(from));
    }
    return sum;
  }

  has(adId: string): boolean {
    return this.#demo.has(adId) || this.#set.has(adId);
  }

  snapshot(): [string, [string, DayFigures][]][] {
    return [...this.#set].map(([adId, days]) => [adId, [...days]]);
  }

  restore(saved: [string, [string, DayFigures][]][]): void {
    this.#set = new Map(saved.map(([adId, days]) => [adId, new Map(days)]));
  }

  /** Before it there is nothing to add up, however far back somebody asks. */
  #firstDay(adId: string, timezone: string): string {
    const demo = this.#demo.get(adId);
    const days = [...(this.#set.get(adId)?.keys() ?? []), ...(demo === undefined ? [] : [dayAt(timezone, demo.from)])];
    return days.toSorted()[0] ?? '9999-12-31';
  }

  #day(adId: string, timezone: string, day: string): DayFigures | null {
    const set = this.#set.get(adId)?.get(day);
    if (set !== undefined) return set;
    const demo = this.#demo.get(adId);
    if (demo === undefined || startOfDay(timezone, day) < demo.from) return null;
    const die = (what: string): number => seededNumber(this.#seed, `snapchat ${what} ${adId} ${day}`);
    const impressions = Math.round((2500 + die('impressions') * 4000) * demo.weight);
    return {
      impressions,
      spendMicro: Math.round(impressions * (3000 + die('price') * 3500)), // 3 to 6.50 per thousand
      swipes: Math.round(impressions * (0.004 + die('swipes') * 0.012)),
    };
  }
}
