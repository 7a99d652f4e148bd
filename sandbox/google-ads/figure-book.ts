import { seededNumber } from '../core/seeded.ts';

export interface DayFigures {
  /** Millionths of the account's currency. */
  costMicros: number;
  impressions: number;
  clicks: number;
  conversions: number;
  conversionsValue: number;
}

/** Daily figures per ad or asset group, by resource name. Demo figures follow from seed, name and day; set figures win. */
export class FigureBook {
  #seed: number;
  #weights = new Map<string, number>();
  #set = new Map<string, Map<string, DayFigures>>();
  #drawn = new Map<string, DayFigures>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Marks something as delivering in the demo; weight scales its figures. */
  deliver(name: string, weight: number): void {
    this.#weights.set(name, weight);
  }

  set(name: string, day: string, figures: DayFigures): void {
    const days = this.#set.get(name) ?? new Map<string, DayFigures>();
    days.set(day, figures);
    this.#set.set(name, days);
  }

  /** All days with figures; `demoDays` are those in which the demo delivered. */
  days(name: string, demoDays: readonly string[]): Map<string, DayFigures> {
    const found = new Map<string, DayFigures>();
    const weight = this.#weights.get(name);
    if (weight !== undefined) for (const day of demoDays) found.set(day, this.#draw(name, day, weight));
    for (const [day, figures] of this.#set.get(name) ?? []) found.set(day, figures);
    return found;
  }

  snapshot(): [string, [string, DayFigures][]][] {
    return [...this.#set].map(([name, days]) => [name, [...days]]);
  }

  restore(saved: [string, [string, DayFigures][]][]): void {
    this.#set = new Map(saved.map(([name, days]) => [name, new Map(days)]));
  }

  #draw(name: string, day: string, weight: number): DayFigures {
    const key = `${name} ${day}`;
    const known = this.#drawn.get(key);
    if (known !== undefined) return known;
    const die = (what: string): number => seededNumber(this.#seed, `${what} ${key}`);
    const impressions = Math.round((60 + die('impressions') * 240) * weight);
    const clicks = Math.round(impressions * (0.02 + die('clicks') * 0.05));
    const conversions = Math.round(clicks * die('conversions') * 0.12);
    const figures = {
      impressions,
      clicks,
      costMicros: Math.round(clicks * (0.3 + die('price') * 0.9) * 100) * 10_000,
      conversions,
      conversionsValue: conversions * 40,
    };
    this.#drawn.set(key, figures);
    return figures;
  }
}
