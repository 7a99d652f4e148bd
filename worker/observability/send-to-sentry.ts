import { describeError } from './log.ts';

/**
 * One error as a Sentry envelope. Sentry's own package adds 270 kB to a Worker that may weigh 1 MB; this sends what it would: class, code
 * and place of the error. Its message stays in our log, because a message may quote what somebody typed.
 * @param dsn "https://<key>@<host>/<project>"
 */
export async function sendToSentry(
  send: (url: string, init: RequestInit) => Promise<Response>,
  dsn: string,
  error: unknown,
  where: { req: string; at: Date; route?: string; job?: string },
): Promise<void> {
  const { username, host, pathname, protocol } = new URL(dsn);
  const { error: type, code, at: place } = describeError(error);
  const event = {
    event_id: crypto.randomUUID().replaceAll('-', ''),
    timestamp: where.at.getTime() / 1000,
    platform: 'javascript',
    level: 'error',
    exception: { values: [{ type, value: [code, place].filter(Boolean).join(' ') }] },
    fingerprint: [type, code ?? '', place ?? ''],
    tags: { req: where.req, ...(where.route ? { route: where.route } : {}), ...(where.job ? { job: where.job } : {}) },
  };
  const lines = [{ event_id: event.event_id, sent_at: where.at.toISOString() }, { type: 'event' }, event];
  const answer = await send(`${protocol}//${host}/api${pathname}/envelope/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-sentry-envelope',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=inlay/1, sentry_key=${username}`,
    },
    body: lines.map((line) => JSON.stringify(line)).join('\n'),
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`Sentry answered ${answer.status}.`);
}
