import type { SandboxCore } from '../core/vendor.ts';
import type { GoogleVendor } from '../google/index.ts';
import type { FigureBook } from './figure-book.ts';
import type { Quota } from './quota.ts';
import type { AdsStore } from './store.ts';

export interface AdsSettings {
  /** Rows of one page or one part of a stream [S: 10,000]. */
  pageRows: number;
  /** How long an ad stays in review. */
  reviewMs: number;
  /** How long YouTube works on an uploaded video, and how a batch job takes to run. */
  processingMs: number;
  jobMs: number;
  /** What a throttled caller is told to wait. */
  retryDelayS: number;
  /** Every answer carries a field that nobody knows: a caller has to bear it. */
  unknownField: boolean;
  /** States in which the next uploads to YouTube end; empty = processed. */
  nextUploadEnds: ('FAILED' | 'REJECTED')[];
}

export const DEFAULT_SETTINGS: AdsSettings = {
  pageRows: 10_000,
  reviewMs: 500,
  processingMs: 800,
  jobMs: 400,
  retryDelayS: 1,
  unknownField: false,
  nextUploadEnds: [],
};

export interface AdsWorld {
  core: SandboxCore;
  store: AdsStore;
  book: FigureBook;
  quota: Quota;
  /** Who holds an access token is Google's own sign-in to say. */
  google: Pick<GoogleVendor, 'holderOf' | 'store'>;
  settings: AdsSettings;
  /** What a client token stands for, in words that repeat between runs. */
  intents: Map<string, string>;
}

/** Who asks, after the door: which customer the call is about and with whose hand. */
export interface Caller {
  email: string;
  customerId: string;
  requestId: string;
}
