import type { InsightBook } from '../core/insight-book.ts';
import { seededSequence } from '../core/seeded.ts';
import { addAdvertisers, addAssets, addIdentities } from './demo-assets.ts';
import { DEMO_ADVERTISERS, type Add } from './demo-ids.ts';
import { addTree } from './demo-tree.ts';
import type { TiktokStore } from './store.ts';

const DAY_MS = 86_400_000;

/** The demo world, the same for one seed: a business center with three advertisers, what they own, and an older tree with figures. */
export function buildDemoWorld(store: TiktokStore, figures: InsightBook, seed: number, withTree: boolean): void {
  const from = Date.parse('2026-08-01T08:00:00Z');
  let made = 0;
  const add: Add = (kind, id, fields, advertiserId = DEMO_ADVERTISERS.euros, family) => {
    made += 1;
    const createdAt = from + made * DAY_MS * 0.01;
    const isLaunched = kind === 'campaign' || kind === 'adgroup' || kind === 'ad';
    return store.add({
      id,
      kind,
      advertiserId,
      family: isLaunched ? (family ?? 'manual') : null,
      fields,
      createdAt,
      updatedAt: createdAt,
      visibleAt: 0,
      requestId: 'demo',
      demo: true,
    });
  };
  addAdvertisers(add);
  addIdentities(add);
  addAssets(add);
  if (withTree) addTree(add, seededSequence(seed), figures);
}
