import { seededNumber } from './seeded.ts';

export interface DayFigures {
  /** Minor units of the ad account's currency. */
  spendMinor: number;
  impressions: number;
  clicks: number;
}

/** Daily figures per ad. Demo figures follow from seed, ad and day, so nothing is stored for them; set figures win. */
export class InsightBook {
  #seed: number;
  #demoWeight = new Map<string, number>();
  #set = new Map<string, Map<string, DayFigures>>();
  /** Demo figures already drawn: a paged report asks for the same days on every page. */
  #drawn = new Map<string, DayFigures>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Marks an ad as delivering in the demo; weight scales its spend (1 = about 18 a day in a two-decimal currency). */
  deliver(adId: string, weight: number): void {
    this.#demoWeight.set(adId, weight);
  }

  set(adId: string, day: string, figures: DayFigures): void {
    let days = this.#set.get(adId);
    if (days === undefined) {
      days = new Map();
      this.#set.set(adId, days);
    }
    days.set(day, figures);
  }

  /** Figures of one ad on one day of the account's own calendar, or null when it did not deliver. */
  day(adId: string, day: string, demoDays: ReadonlySet<string>): DayFigures | null {
    const set = this.#set.get(adId)?.get(day);
    if (set !== undefined) return set;
    const weight = this.#demoWeight.get(adId);
    if (weight === undefined || !demoDays.has(day)) return null;
    const key = `${adId} ${day}`;
    const drawn = this.#drawn.get(key);
    if (drawn !== undefined) return drawn;
    const die = (what: string): number => seededNumber(this.#seed, `${what} ${key}`);
    const impressions = Math.round((900 + die('impressions') * 2600) * weight);
    const spendMinor = Math.round(impressions * (0.55 + die('price') * 0.5)); // 5.50 to 10.50 per thousand
    const clicks = Math.round(impressions * (0.006 + die('clicks') * 0.016));
    const figures = { spendMinor, impressions, clicks };
    this.#drawn.set(key, figures);
    return figures;
  }

  /** Ads that have any figure at all. */
  adIds(): Set<string> {
    return new Set([...this.#demoWeight.keys(), ...this.#set.keys()]);
  }

  has(adId: string): boolean {
    return this.#demoWeight.has(adId) || this.#set.has(adId);
  }

  snapshot(): [string, [string, DayFigures][]][] {
    return [...this.#set].map(([adId, days]) => [adId, [...days]]);
  }

  restore(saved: [string, [string, DayFigures][]][]): void {
    this.#set = new Map(saved.map(([adId, days]) => [adId, new Map(days)]));
  }
}
