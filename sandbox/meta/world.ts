import type { SandboxCore } from '../core/vendor.ts';
import type { GraphCall } from './graph-call.ts';
import type { InsightBook } from '../core/insight-book.ts';
import type { GraphObject, MetaStore } from './store.ts';
import type { MetaToken, MetaTokens } from './tokens.ts';
import type { UsageMeter } from './usage.ts';

/** Switches a test can turn that are not weather. */
export interface MetaSettings {
  /** How long a finished upload is processed before it may be used in an ad. */
  videoProcessingMs: number;
  /** From request to finished report. */
  reportMs: number;
  /** Ends of the next reports, first one first; empty = Job Completed. */
  nextReportEnds: ('Job Failed' | 'Job Skipped')[];
}

/** Everything a handler may touch. */
export interface MetaWorld {
  core: SandboxCore;
  store: MetaStore;
  tokens: MetaTokens;
  usage: UsageMeter;
  insights: InsightBook;
  settings: MetaSettings;
  /** Page ids whose lead events are sent to the Worker. */
  subscribedPages: Set<string>;
  /** Bytes received so far per upload session; uploads do not survive a restart. */
  uploads: Map<string, { videoId: string; size: number; received: number }>;
  /** What each client token stands for, in words that repeat between runs; only the fault dice ask. */
  intents: Map<string, string>;
  announceLead(lead: GraphObject): void;
}

/** One handler per method, node kind and edge: `POST account campaigns`, `GET ad` (the node itself). */
export type Handler = (world: MetaWorld, node: GraphObject, call: GraphCall, token: MetaToken) => unknown;
export type HandlerTable = Record<string, Handler>;
