import type { LeadCard } from '#shared/contracts/revenue.ts';
import { UNKNOWN } from '../ui/reader.ts';

export type Source = NonNullable<LeadCard['source']>;

export function namesOf({ campaign, adSet, ad }: Source): string[] {
  return [campaign, adSet, ad].map((name) => name ?? UNKNOWN);
}

/** "Campaign › Ad set › Ad" */
export function pathOf(source: Source): string {
  return namesOf(source).join(' › ');
}
