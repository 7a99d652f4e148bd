import type { SandboxCore } from '../core/vendor.ts';
import type { Pace } from './pace.ts';
import type { SnapCall } from './snap-call.ts';
import type { StatsBook } from './stats-book.ts';
import type { SnapObject, SnapStore } from './store.ts';
import type { SnapToken, SnapTokens } from './tokens.ts';

/** Switches a test can turn that are not weather. */
export interface SnapSettings {
  /** The largest file or part of one upload; smaller, and a test sends parts without moving megabytes. */
  uploadBytes: number;
  /** From the last byte to READY. */
  mediaProcessingMs: number;
  /** From creation to the reviewer's verdict; ads and creatives stay pending until then. */
  reviewMs: number;
  /** From request to finished report. */
  reportMs: number;
  /** Ends of the next reports, first one first; empty = COMPLETED. */
  nextReportEnds: 'FAILED'[];
  /** How old the newest figures are (guide [D]: about every 15 min). */
  statsDelayMs: number;
  /** HTTP status when no item of an array passed: the guide has seen 200 and 4xx. `either` draws one per request. */
  allRefusedStatus: 200 | 400 | 'either';
  /**
   * How lead deliveries are signed. The guide knows neither header nor algorithm, so there is none by default; one production receiver
   * has seen hex HMAC-SHA256 over `{t}.{body}` in the headers `signature` and `t` [T, Aug 2026].
   */
  leadSignature: { header: string; timestampHeader: string } | null;
  /** Lists are "ordered by created_at" (guide, lists); which way is not said [K], so no caller may rely on it. */
  listOrder: 'newest first' | 'oldest first';
  /** What registering a lead webhook answers: the documented form, or the one seen live [T]. */
  integrationShape: 'camel' | 'snake';
  /** True: each refresh gives a new refresh token and the old one dies. */
  rotateRefreshTokens: boolean;
  /** A field of this name that nobody knows appears in every object. */
  extraField: string | null;
}

export const DEFAULT_SETTINGS: SnapSettings = {
  uploadBytes: 32 * 1024 * 1024, // guide, media [D]
  mediaProcessingMs: 800,
  reviewMs: 60_000,
  reportMs: 400,
  nextReportEnds: [],
  statsDelayMs: 15 * 60_000,
  allRefusedStatus: 'either',
  leadSignature: null,
  listOrder: 'newest first',
  integrationShape: 'camel',
  rotateRefreshTokens: false,
  extraField: null,
};

export interface ChunkedUpload {
  mediaId: string;
  fileName: string;
  size: number;
  partCount: number;
  parts: Map<number, Uint8Array>;
}

/** Everything a handler may touch. */
export interface SnapWorld {
  core: SandboxCore;
  store: SnapStore;
  tokens: SnapTokens;
  pace: Pace;
  stats: StatsBook;
  settings: SnapSettings;
  /** Parts received so far; uploads do not survive a restart. */
  uploads: Map<string, ChunkedUpload>;
}

export interface Answer {
  status?: number;
  body: Record<string, unknown>;
}

/** `node` is the object that the path names, or the person behind the token for `me` and what hangs on nothing. */
export type Handler = (world: SnapWorld, node: SnapObject, call: SnapCall, token: SnapToken) => Answer | Promise<Answer>;
export type HandlerTable = Record<string, Handler>;
