import { sameBytes, utf8 } from '../../kernel/bytes.ts';
import type { Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { isolateMetrics, labelsOf } from '../../observability/metrics.ts';
import { checkParts } from './check-parts.ts';
import { readIntake } from './read-intake.ts';
import { readState } from './read-operations.ts';

/**
 * Prometheus text: gauges over everything, from Postgres and storage, then what the isolate that answers has counted itself. Without a
 * token in the settings there is no such address; a wrong one gets the same answer.
 */
export async function answerMetrics(ports: Ports, request: Request): Promise<Response> {
  const token = ports.settings.METRICS_TOKEN;
  const sent = request.headers.get('authorization') ?? '';
  if (token === undefined || !sameBytes(utf8(sent), utf8(`Bearer ${token}`)))
    throw new AppError('not_found', 'There is no such thing, or you cannot see it.');
  const [{ parts, outbox }, state, intake] = await Promise.all([checkParts(ports), readState(ports), readIntake(ports)]);
  const lines: string[] = [];
  const gauge = (name: string, help: string, values: readonly (readonly [Record<string, string>, number | null])[]) => {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
    for (const [labels, value] of values)
      if (value !== null) lines.push(`${name}${Object.keys(labels).length > 0 ? labelsOf(labels) : ''} ${value}`);
  };
  gauge(
    'inlay_part_up',
    '1 while the part answers',
    parts.map(({ name, state: is }) => [{ part: name }, is === 'down' ? 0 : 1]),
  );
  gauge('inlay_outbox_waiting', 'work not handed to a queue yet', [[{}, outbox?.waiting ?? null]]);
  gauge('inlay_outbox_oldest_seconds', 'age of the oldest of it; absent when none waits', [[{}, outbox?.oldestSeconds ?? null]]);
  gauge('inlay_dead_letters_open', 'work that failed for good and nobody has dealt with', [[{}, state.deadLetters.open]]);
  gauge('inlay_unclear_items', 'launch items whose settle window is over and whose outcome is unknown', [
    [{}, state.launches.unclearItems],
  ]);
  gauge('inlay_unclear_oldest_seconds', 'age of the oldest of them; absent when there is none', [
    [{}, state.launches.oldestUnclearSeconds],
  ]);
  gauge('inlay_launches_running', 'launches the engine works on', [[{}, state.launches.running]]);
  gauge(
    'inlay_launch_items',
    'items of those launches by state',
    Object.entries(state.launches.items).map(([is, n]) => [{ state: is }, n]),
  );
  gauge(
    'inlay_inbox_lag_seconds',
    'age of the oldest webhook without effect; absent when none waits',
    intake.map(({ source, lagSeconds }) => [{ source }, lagSeconds]),
  );
  gauge(
    'inlay_webhooks_refused_today',
    'deliveries that were not proven, since midnight UTC',
    intake.map(({ source, refusedToday }) => [{ source }, refusedToday]),
  );
  gauge(
    'inlay_connections',
    'connections by platform and status',
    state.connections.flatMap(({ provider, ...counts }) => Object.entries(counts).map(([status, n]) => [{ provider, status }, n] as const)),
  );
  gauge('inlay_mails_queued', 'mails that wait', [[{}, state.mails.queued]]);
  gauge('inlay_webhooks_out_pending', 'outgoing webhooks that wait', [[{}, state.webhooks.pending]]);
  gauge('inlay_webhooks_out_failing', 'endpoints that fail', [[{}, state.webhooks.failing]]);
  gauge('inlay_audit_not_intact', 'audit logs that are not what was sealed', [[{}, state.auditsNotIntact]]);
  return new Response(`${lines.join('\n')}\n${isolateMetrics()}\n`, {
    headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8', 'cache-control': 'no-store' },
  });
}
