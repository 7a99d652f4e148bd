import type { adAccounts, launches, launchItems } from '#schema/index.ts';
import type { RetryClass } from '#shared/rules/launch-states.ts';
import type { Context } from '../../../kernel/context.ts';
import type { AdPlatform, AdSession } from '../../../platforms/ads/ad-platform.ts';
import type { PlatformError } from '../../../platforms/platform-error.ts';
import type { EngineClock } from './clock.ts';
import type { FreightPace } from './freight.ts';
import type { Permits } from './permits.ts';

export type LaunchRow = typeof launches.$inferSelect;
export type ItemRow = typeof launchItems.$inferSelect;
export type AccountRow = typeof adAccounts.$inferSelect;

/** What one run of the engine works with. Nothing here is truth: every decision is made again in Postgres. */
export interface Run {
  ctx: Context;
  launch: LaunchRow;
  account: AccountRow;
  platform: AdPlatform;
  session: AdSession;
  clock: EngineClock;
  permits: Permits;
  freight: FreightPace;
  /** External ids of items that were verified; they never change, so they are read once. */
  parents: Map<string, Parent>;
  /** Hashes of files the account once had and has no more: they are uploaded again. */
  lostFiles: Set<string>;
  /** The platform no longer accepts our access: nothing more is sent. */
  blocked: PlatformError | null;
  nudge(): void;
}
export interface Parent {
  id: string;
  kind: ItemRow['kind'];
  itemPath: string;
  externalId: string;
  mediaKind: 'image' | 'video' | null;
  thumbnail: string | null;
}

/** What work on an account as a whole needs; every run of a launch holds it too. */
export type AccountRun = Pick<Run, 'ctx' | 'account' | 'platform' | 'session' | 'clock' | 'permits'>;

/** A failed row as it is stored and shown: what happened, what to do, whether money is at risk, who may repeat it. */
export interface ItemError {
  code: string;
  message: string;
  fix: string;
  atRisk: string;
  raw: unknown;
  retry: RetryClass;
}
