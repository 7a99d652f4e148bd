import type { Ports } from '../kernel/context.ts';
import { exportTrace, traceBody } from './export-trace.ts';
import { count, time } from './metrics.ts';
import { sendToSentry } from './send-to-sentry.ts';
import type { Trace } from './trace.ts';

export interface Done {
  kind: 'request' | 'job';
  /** The route or the job's name. */
  name: string;
  method?: string;
  status?: number;
  outcome: string;
  attempt?: number;
}

/** The end of a request or job, told everywhere at once: one log line, this isolate's counters, Analytics Engine, and the trace if it is sampled. */
export function reportDone(ports: Ports, done: Done): void {
  const { trace, log, settings, bindings } = ports;
  const ms = Date.now() - trace.startedAt;
  const { db, call } = trace.waits;
  const sums = { dbMs: db.ms, dbCount: db.count, callMs: call.ms, callCount: call.count };
  const { kind, name, outcome } = done;
  const place = kind === 'request' ? { route: name, method: done.method } : { job: name, attempt: done.attempt };
  log.info(kind, { ...place, org: trace.org, actor: trace.actor, status: done.status, outcome, ms, ...sums });

  const labels = kind === 'request' ? { route: name, method: done.method ?? '', status: String(done.status) } : { job: name, outcome };
  count(`inlay_${kind}s_total`, labels);
  time(`inlay_${kind}_seconds`, kind === 'request' ? { route: name } : { job: name }, ms);
  bindings.METRICS?.writeDataPoint({
    indexes: [kind],
    blobs: [name, outcome, done.method ?? null, trace.org],
    doubles: [ms, sums.dbMs, sums.dbCount, sums.callMs, sums.callCount, done.status ?? 0], // Analytics Engine has no empty number
  });
  for (const [platform, calls] of callsByPlatform(trace))
    bindings.METRICS?.writeDataPoint({
      indexes: ['call'],
      blobs: [platform, name, null, trace.org],
      doubles: [calls.ms, calls.n, calls.failed],
    });
  if (!settings.OTLP_ENDPOINT || !trace.isSampled) return;
  const body = traceBody(trace, { name, kind, status: done.status ?? null, ms });
  ports.waitUntil(
    exportTrace(ports.unmeasured, { endpoint: settings.OTLP_ENDPOINT, headers: settings.OTLP_HEADERS ?? '' }, body).catch(
      (error: unknown) => log.error('trace.not_sent', error),
    ),
  );
}

/** A delivery of a webhook, whatever became of it. */
export function reportWebhook({ log, trace, bindings }: Ports, done: { source: string; outcome: string; bytes: number | null }): void {
  const ms = Date.now() - trace.startedAt;
  const { source, outcome, bytes } = done;
  log.info('webhook', { source, outcome, bytes, ms });
  count('inlay_webhooks_total', { source, outcome });
  time('inlay_webhook_seconds', { source }, ms);
  bindings.METRICS?.writeDataPoint({ indexes: ['webhook'], blobs: [source, outcome], doubles: [ms, bytes ?? 0] }); // refused unread: no bytes
}

/** Something that happened to a launch: how many were verified, switched on, held, found twice. */
export function reportLaunch({ trace, bindings }: Ports, event: string): void {
  count('inlay_launch_events_total', { event });
  bindings.METRICS?.writeDataPoint({ indexes: ['launch'], blobs: [event, null, null, trace.org], doubles: [1] });
}

/** Number, milliseconds and failures of the calls that were kept one by one. */
function callsByPlatform(trace: Trace): Map<string, { n: number; ms: number; failed: number }> {
  const sums = new Map<string, { n: number; ms: number; failed: number }>();
  for (const { kind, name, ms, status } of trace.spans) {
    if (kind !== 'call') continue;
    const known = sums.get(name) ?? { n: 0, ms: 0, failed: 0 };
    sums.set(name, { n: known.n + 1, ms: known.ms + ms, failed: known.failed + (status === null || status >= 400 ? 1 : 0) });
  }
  return sums;
}

/** Something failed that nobody outside can help: the log has it, and Sentry when it is configured. */
export function reportError(ports: Ports, event: string, error: unknown, where: { route?: string; job?: string }): void {
  const { log, settings, trace } = ports;
  log.error(event, error, where);
  count('inlay_errors_total', { event });
  if (!settings.SENTRY_DSN) return;
  ports.waitUntil(
    sendToSentry(ports.unmeasured, settings.SENTRY_DSN, error, { req: trace.id, at: ports.now(), ...where }).catch((failure: unknown) =>
      log.error('sentry.not_sent', failure),
    ),
  );
}
