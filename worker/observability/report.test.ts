import path from 'node:path';
import { expect, test } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import type { Ports } from '../kernel/context.ts';
import { createLog } from './log.ts';
import { isolateMetrics } from './metrics.ts';
import { reportDone, reportLaunch, reportWebhook } from './report.ts';
import { measure, startTrace } from './trace.ts';

function listening() {
  const points: AnalyticsEngineDataPoint[] = [];
  const trace = startTrace(null, 0);
  trace.org = 'org_1';
  const ports = {
    trace,
    log: createLog(),
    settings: {},
    bindings: { METRICS: { writeDataPoint: (point: AnalyticsEngineDataPoint) => void points.push(point) } },
  } as unknown as Ports;
  return { ports, trace, points };
}

test('what is deployed has the dataset that sums are kept in', () => {
  const config = unstable_readConfig({ config: path.resolve(import.meta.dirname, '../../wrangler.toml') });
  expect(config.analytics_engine_datasets).toEqual([{ binding: 'METRICS', dataset: 'inlay' }]);
});

test('requests, jobs, calls of platforms, webhooks and launches are told to Analytics Engine and to the isolate’s counters', async () => {
  const { ports, trace, points } = listening();
  await measure(trace, 'call', 'meta', async () => 200, Number);
  await measure(trace, 'call', 'meta', async () => 503, Number);
  await measure(trace, 'call', 'shopify', () => Promise.reject(new Error('away'))).catch(() => undefined);
  reportDone(ports, { kind: 'job', name: 'run-launch', outcome: 'done', attempt: 1 });
  reportDone(ports, { kind: 'request', name: '/v1/me', method: 'GET', status: 200, outcome: 'ok' });
  reportWebhook(ports, { source: 'shopify', outcome: 'kept', bytes: 12 });
  reportLaunch(ports, 'verified');
  expect(points.map(({ indexes, blobs }) => [indexes?.[0], ...(blobs ?? []).slice(0, 2)])).toEqual([
    ['job', 'run-launch', 'done'],
    ['call', 'meta', 'run-launch'],
    ['call', 'shopify', 'run-launch'],
    ['request', '/v1/me', 'ok'],
    ['call', 'meta', '/v1/me'],
    ['call', 'shopify', '/v1/me'],
    ['webhook', 'shopify', 'kept'],
    ['launch', 'verified', null],
  ]);
  expect(points[1]?.doubles?.slice(1)).toEqual([2, 1]);
  expect(points[2]?.doubles?.slice(1)).toEqual([1, 1]);
  // Every kind of number is one that Analytics Engine takes.
  for (const { doubles } of points) for (const value of doubles ?? []) expect(Number.isFinite(value)).toBe(true);
  const told = isolateMetrics();
  for (const line of [
    'inlay_launch_events_total{event="verified",',
    'inlay_webhooks_total{source="shopify",outcome="kept",',
    'inlay_platform_calls_total{platform="meta",status="5xx",',
  ])
    expect(told).toContain(line);
});
