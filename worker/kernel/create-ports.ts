import type { Bindings, Settings } from '../env.ts';
import type { Log } from '../observability/log.ts';
import { platformOf } from '../observability/platform-of.ts';
import { measure, startTrace, type Trace } from '../observability/trace.ts';
import type { Ports } from './context.ts';
import type { Database } from './database.ts';
import { createKeyRing } from './secret-box.ts';

/** Ports of a real Worker invocation. */
export function createPorts(input: {
  settings: Settings;
  bindings: Bindings;
  database: Database;
  log: Log;
  waitUntil(work: Promise<unknown>): void;
  /** Absent = a trace of its own. */
  trace?: Trace;
}): Ports {
  const origin = input.settings.OUTSIDE_ORIGIN;
  const trace = input.trace ?? startTrace(null, input.settings.OTLP_SAMPLE);
  const unmeasured: Ports['unmeasured'] = (url, init) => fetch(outsideUrl(origin, url), { redirect: 'manual', ...init });
  return {
    now: () => new Date(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    ...input,
    database: input.database.traced(trace),
    trace,
    unmeasured,
    keyRing: createKeyRing(input.settings.KEY_ENCRYPTION_KEYS, input.settings.KEY_ENCRYPTION_VERSION),
    outside: (url, init) =>
      measure(
        trace,
        'call',
        platformOf(url),
        () => unmeasured(url, init),
        ({ status }) => status,
      ),
  };
}

/** `https://host/path` as it is reached where the outside is imitated; an address the imitation itself gave out is there already. */
export function outsideUrl(origin: string | undefined, url: string): string {
  if (!origin || url.startsWith(`${origin}/`)) return url;
  const { host, pathname, search } = new URL(url);
  return `${origin}/${host}${pathname}${search}`;
}
