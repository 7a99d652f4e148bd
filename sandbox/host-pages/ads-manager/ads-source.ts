/** What the Ads Manager page may know of the imitated platform: its objects and their daily figures, read straight from memory. */
export interface AdsSource {
  /** Digits of the account, without act_. Null = no such account. */
  account(accountId: string): { id: string; name: string; currency: string } | null;
  accounts(): { id: string; name: string }[];
  objects(level: Level, accountId: string): readonly ManagedObject[];
  /** Sum over the days of the range, for one ad; null when the platform has no rows for it. */
  figures(adId: string, range: DayRange | null): Figures | null;
}

export type Level = 'campaign' | 'adset' | 'ad';
export interface DayRange {
  since: string;
  until: string;
}
export interface ManagedObject {
  id: string;
  fields: Record<string, unknown>;
}
export interface Figures {
  spendMinor: number;
  impressions: number;
  clicks: number;
  results: number;
}
