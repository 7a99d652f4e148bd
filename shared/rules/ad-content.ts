import type { CreativeSpec, PlannedItem } from './planned-item.ts';

/** The texts, file and link a person will see: a creative's, or an ad's where the platform has no creatives; null = another kind of item. */
export function contentOf(item: PlannedItem): CreativeSpec | null {
  if (item.kind === 'creative') return item.spec;
  return item.kind === 'ad' ? item.spec.creative : null;
}
