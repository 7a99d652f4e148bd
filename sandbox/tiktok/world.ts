import type { InsightBook } from '../core/insight-book.ts';
import type { SandboxCore } from '../core/vendor.ts';
import type { TiktokCall } from './call.ts';
import type { ChangeLog } from './change-log.ts';
import type { LeadAnnouncer, Subscription } from './lead-webhooks.ts';
import type { CallLimits } from './limits.ts';
import type { RecentRequests } from './recent-requests.ts';
import type { TiktokStore } from './store.ts';
import type { TiktokToken, TiktokTokens } from './tokens.ts';

/** Switches a test can turn that are not weather. */
export interface TiktokSettings {
  /** How long an uploaded video is transcoded: 40901 for ads that name it meanwhile [S/T]. */
  videoProcessingMs: number;
  /** From the request of a report, a lead export or a change log to its result. */
  taskMs: number;
  /** Ends of the next report tasks, first one first; empty = SUCCESS. */
  nextTaskEnds: 'FAILED'[];
  /** How long a new ad is in review. */
  reviewMs: number;
  /** Only allowlisted apps may set a campaign's status at its creation; for all others it is silently ignored [T]. */
  campaignStatusAllowlisted: boolean;
  /** Smart+ is open to this app and advertiser; otherwise 40118 [T]. */
  smartPlusAllowlisted: boolean;
  /** What a repeated request_id meets inside its window: a refusal, or the object it made [T says one create succeeds, not how]. */
  requestIdReplay: 'duplicate' | 'same';
  requestIdWindowMs: number;
  /** Whether a name filter wants the whole name or a part of it [K]: the strict reading is the safe one. */
  nameFilter: 'contains' | 'exact';
  /** From this moment manual creates for four objectives are refused [T]. */
  manualEndsAt: number;
  /** What a finished login is given: a token that does not expire, or a short one with a refresh token [S/D/K]. */
  tokenShape: 'creator' | 'long-lived';
  /** Answers carry a field that nobody documented. */
  extraFields: boolean;
}

/** Everything a handler may touch. */
export interface TiktokWorld {
  core: SandboxCore;
  store: TiktokStore;
  tokens: TiktokTokens;
  limits: CallLimits;
  figures: InsightBook;
  /** Days on which the ads of the demo delivered, up to today of an account. */
  demoDays(today: string): ReadonlySet<string>;
  settings: TiktokSettings;
  recent: RecentRequests;
  changes: ChangeLog;
  subscriptions: Map<string, Subscription>;
  announcer: LeadAnnouncer;
  /** Bytes received so far per upload; uploads do not survive a restart. */
  uploads: Map<string, Upload>;
  /** What each client token stands for, in words that repeat between runs; only the fault dice ask. */
  intents: Map<string, string>;
}

export interface Upload {
  id: string;
  advertiserId: string;
  name: string;
  size: number;
  contentType: string;
  received: Uint8Array[];
  /** Set when finished: what an upload by file id names. */
  fileId: string | null;
}

/** Who a call speaks for. The advertiser is the one it names, already found and allowed. */
export interface Caller {
  token: TiktokToken;
  advertiserId: string;
}

export type Handler = (world: TiktokWorld, call: TiktokCall, caller: Caller) => unknown;

/** An answer other than `data` in the envelope: partial success, or a file. */
export class Partial20001 {
  readonly data: unknown;
  readonly message: string;
  constructor(data: unknown, message: string) {
    this.data = data;
    this.message = message;
  }
}

export class FileAnswer {
  readonly body: string;
  readonly name: string;
  constructor(body: string, name: string) {
    this.body = body;
    this.name = name;
  }
}
