import { toHex } from '../kernel/bytes.ts';
import { count, time } from './metrics.ts';

/** One thing a request or a job waited for. `startedAt` in milliseconds since 1970. */
export interface Span {
  kind: 'db' | 'call';
  /** 'read' or 'transaction'; for calls the platform's name. Never an address or a statement. */
  name: string;
  startedAt: number;
  ms: number;
  /** HTTP status of a call; null = no answer, or none is expected. */
  status: number | null;
}
/** What is measured of one request or job, and the id under which it is found from the browser to the last queue. */
export interface Trace {
  /** 32 hex digits, W3C Trace Context: the request id. */
  readonly id: string;
  readonly spanId: string;
  readonly parentId: string | null;
  /** Whether its spans are sent on. */
  readonly isSampled: boolean;
  readonly startedAt: number;
  /** The first of its waits, as many as are kept one by one. */
  readonly spans: Span[];
  /** Number and milliseconds of all its waits. */
  readonly waits: Record<Span['kind'], { count: number; ms: number }>;
  /** Known once somebody is: whose work it was, and what kind of caller. */
  org: string | null;
  actor: string | null;
  /** Code of the closed set, when it failed. */
  outcome: string | null;
}

/** Waits of one request beyond these are counted but not kept one by one. */
const MOST_SPANS = 200;
const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;
const hex = (bytes: number): string => toHex(crypto.getRandomValues(new Uint8Array(bytes)));

/** Goes on with the trace a caller names, if the name is well formed; else begins one. `sample` is the share of those that are sent on. */
export function startTrace(traceparent: string | null | undefined, sample: number): Trace {
  const [, id, parentId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return {
    id: id ?? hex(16),
    spanId: hex(8),
    parentId: parentId ?? null,
    isSampled: flags === undefined ? Math.random() < sample : (Number.parseInt(flags, 16) & 1) === 1 && sample > 0,
    startedAt: Date.now(),
    spans: [],
    waits: { db: { count: 0, ms: 0 }, call: { count: 0, ms: 0 } },
    org: null,
    actor: null,
    outcome: null,
  };
}

export const traceparentOf = ({ id, spanId, isSampled }: Trace): string => `00-${id}-${spanId}-${isSampled ? '01' : '00'}`;

/** Does the work and notes how long it took, also when it fails. */
export async function measure<T>(
  trace: Trace,
  kind: Span['kind'],
  name: string,
  work: () => Promise<T>,
  statusOf: (result: T) => number | null = () => null,
): Promise<T> {
  const startedAt = Date.now();
  let status: number | null = null;
  try {
    const result = await work();
    status = statusOf(result);
    return result;
  } finally {
    const ms = Date.now() - startedAt;
    trace.waits[kind].count += 1;
    trace.waits[kind].ms += ms;
    if (trace.spans.length < MOST_SPANS) trace.spans.push({ kind, name, startedAt, ms, status });
    if (kind === 'call') {
      count('inlay_platform_calls_total', { platform: name, status: status === null ? 'none' : `${Math.floor(status / 100)}xx` });
      time('inlay_platform_call_seconds', { platform: name }, ms);
    }
  }
}
