import type { InsightBook } from '../core/insight-book.ts';
import type { SandboxCore } from '../core/vendor.ts';
import type { Json, LiCall } from './li-call.ts';
import type { Meter } from './meter.ts';
import type { LiObject, LiStore } from './store.ts';
import type { LiToken, LiTokens } from './tokens.ts';

/** Switches a test can turn that are not weather. */
export interface LiSettings {
  imageProcessingMs: number;
  videoProcessingMs: number;
  /** How large the parts are that a video upload is cut into. */
  videoPartBytes: number;
  uploadUrlMs: number;
  /** Ends of the next processed media, first one first; empty = AVAILABLE. */
  nextMediaEnds: 'PROCESSING_FAILED'[];
  reviewMs: number;
  /** Ends of the next reviews, first one first; empty = APPROVED. */
  nextReviews: ('REJECTED' | 'NEEDS_REVIEW')[];
  /** From PENDING_DELETION to REMOVED. */
  deletionMs: number;
  /** [T] One source says a campaign group can only be made ACTIVE or DRAFT; the guide does not. On = refuse PAUSED. */
  groupsOnlyActiveOrDraft: boolean;
  /** [T] createInline is an action, and some callers read its id from `value.creative`: on = the answer has that body, too. */
  inlineAnswersInBody: boolean;
  /** Development tier: writes to at most five accounts, new accounts only as test accounts [K]. */
  tier: 'development' | 'standard';
  /** Structure limits [D]. */
  campaignsPerAccount: number;
  activeCampaignsPerAccount: number;
  campaignsPerGroup: number;
  creativesPerAccount: number;
  activeCreatives: number;
  inactiveCreatives: number;
  /** Rows of one report; more are refused [K]. */
  reportRows: number;
  /** Calls with conversion events per member and minute [D]. */
  conversionCallsPerMinute: number;
  /** A field nobody has heard of in every answered object; null = none. */
  unknownField: string | null;
  /** How often a validated webhook is challenged again. */
  challengeEveryMs: number;
}

export const DEFAULT_SETTINGS: LiSettings = {
  imageProcessingMs: 200,
  videoProcessingMs: 800,
  videoPartBytes: 4 * 1024 * 1024,
  uploadUrlMs: 24 * 3_600_000,
  nextMediaEnds: [],
  reviewMs: 500,
  nextReviews: [],
  deletionMs: 1000,
  groupsOnlyActiveOrDraft: false,
  inlineAnswersInBody: false,
  tier: 'standard',
  campaignsPerAccount: 5000,
  activeCampaignsPerAccount: 1000,
  campaignsPerGroup: 2000,
  creativesPerAccount: 15_000,
  activeCreatives: 15,
  inactiveCreatives: 85,
  reportRows: 15_000,
  conversionCallsPerMinute: 600,
  unknownField: null,
  challengeEveryMs: 2 * 3_600_000,
};

/** Bytes on their way in; uploads do not survive a restart. */
export interface Upload {
  urn: string;
  token: string;
  expiresAt: number;
  /** Bytes wanted, and the etag once they came; one for an image, several for a video. */
  parts: { size: number | null; etag: string | null }[];
}

/** Everything a handler may touch. */
export interface LiWorld {
  core: SandboxCore;
  store: LiStore;
  tokens: LiTokens;
  meter: Meter;
  insights: InsightBook;
  settings: LiSettings;
  uploads: Map<string, Upload>;
  /** Accounts that were written to while in the Development tier. */
  writtenAccounts: Set<string>;
  /** What each client token stands for, in words that repeat between runs; only the fault dice ask. */
  intents: Map<string, string>;
  announceLead(lead: LiObject, action: 'CREATED' | 'DELETED'): void;
  /** Asks a webhook for its proof; true when it came in time. */
  challenge(notification: { webhook: string }): Promise<boolean>;
}

export interface LiAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export type Handler = (world: LiWorld, call: LiCall, who: LiToken) => LiAnswer | Promise<LiAnswer>;

export const ok = (body: unknown): LiAnswer => ({ status: 200, body });
export const noContent = (): LiAnswer => ({ status: 204 });
/** [D] 201, nothing in the body, the id in a header. */
export const created = (id: string): LiAnswer => ({ status: 201, headers: { 'x-restli-id': id } });

/** The body every write needs. */
export type Body = Json;
