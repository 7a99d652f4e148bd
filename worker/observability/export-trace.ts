import type { Span, Trace } from './trace.ts';

export interface TraceTarget {
  /** Base address of an OTLP collector; spans go to `/v1/traces` below it. */
  endpoint: string;
  /** "name=value,…": such as the collector's key. */
  headers: string;
}

const nanos = (ms: number): string => `${Math.round(ms)}000000`;
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const number = (key: string, value: number) => ({ key, value: { intValue: String(value) } });

/** One request or job with what it waited for, as OTLP over HTTP in JSON. Names, codes and times only: no address, statement or person. */
export function traceBody(
  trace: Trace,
  { name, kind, status, ms }: { name: string; kind: 'request' | 'job'; status: number | null; ms: number },
) {
  const child = (span: Span, index: number) => ({
    traceId: trace.id,
    spanId: childId(trace.spanId, index),
    parentSpanId: trace.spanId,
    name: span.kind === 'db' ? `postgres ${span.name}` : `call ${span.name}`,
    kind: 3,
    startTimeUnixNano: nanos(span.startedAt),
    endTimeUnixNano: nanos(span.startedAt + span.ms),
    attributes: span.status === null ? [] : [number('http.response.status_code', span.status)],
  });
  const root = {
    traceId: trace.id,
    spanId: trace.spanId,
    ...(trace.parentId === null ? {} : { parentSpanId: trace.parentId }),
    name,
    kind: kind === 'request' ? 2 : 5,
    startTimeUnixNano: nanos(trace.startedAt),
    endTimeUnixNano: nanos(trace.startedAt + ms),
    attributes: [
      ...(status === null ? [] : [number('http.response.status_code', status)]),
      ...(trace.org === null ? [] : [text('inlay.organization', trace.org)]),
      ...(trace.actor === null ? [] : [text('inlay.actor', trace.actor)]),
      ...(trace.outcome === null ? [] : [text('inlay.outcome', trace.outcome)]),
    ],
    status: { code: (status ?? 0) >= 500 || trace.outcome === 'failed' ? 2 : 1 },
  };
  return {
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'inlay-worker')] },
        scopeSpans: [{ scope: { name: 'inlay' }, spans: [root, ...trace.spans.map(child)] }],
      },
    ],
  };
}

/** Sends it; a collector that is away costs a log line and nothing else. */
export async function exportTrace(
  send: (url: string, init: RequestInit) => Promise<Response>,
  { endpoint, headers }: TraceTarget,
  body: object,
): Promise<void> {
  const own = headers.split(',').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at > 0 ? [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const] : [];
  });
  const answer = await send(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...Object.fromEntries(own) },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`The collector answered ${answer.status}.`);
}

/** Distinct within the trace, without asking for randomness once per span. */
const childId = (spanId: string, index: number): string =>
  ((BigInt(`0x${spanId}`) + BigInt(index + 1)) & 0xffffffffffffffffn).toString(16).padStart(16, '0');
