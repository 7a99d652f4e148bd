/** Upper bounds in seconds, as of what a person notices. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
type Labels = Record<string, string>;
interface Timing {
  buckets: number[];
  count: number;
  seconds: number;
}

/**
 * What this isolate has counted since it began. A Worker runs in many isolates and each tells only its own: sums over all are in Analytics
 * Engine, and what Postgres knows is told whole. `isolate` names the one that answered, so that a scraper does not take two for one.
 */
let isolate: string | undefined;
const counters = new Map<string, number>();
const timings = new Map<string, Timing>();

function keyOf(name: string, labels: Labels): string {
  isolate ??= crypto.randomUUID().slice(0, 8); // there is no randomness before the first request
  return `${name}${labelsOf({ ...labels, isolate })}`;
}

export function count(name: string, labels: Labels, by = 1): void {
  const key = keyOf(name, labels);
  counters.set(key, (counters.get(key) ?? 0) + by); // not counted yet: none
}

export function time(name: string, labels: Labels, ms: number): void {
  const key = keyOf(name, labels);
  const known = timings.get(key) ?? { buckets: BUCKETS.map(() => 0), count: 0, seconds: 0 };
  timings.set(key, {
    buckets: known.buckets.map((n, i) => n + (ms / 1000 <= (BUCKETS[i] as number) ? 1 : 0)),
    count: known.count + 1,
    seconds: known.seconds + ms / 1000,
  });
}

/** Prometheus text of what this isolate counted. */
export function isolateMetrics(): string {
  const lines: string[] = [...counters].map(([key, n]) => `${key} ${n}`);
  for (const [key, { buckets, count: n, seconds }] of timings) {
    const [, name, labels] = /^([^{]+)\{(.*)\}$/.exec(key) as unknown as [string, string, string];
    for (const [i, bound] of BUCKETS.entries()) lines.push(`${name}_bucket{${labels},le="${bound}"} ${buckets[i]}`);
    lines.push(`${name}_bucket{${labels},le="+Inf"} ${n}`, `${name}_sum{${labels}} ${seconds}`, `${name}_count{${labels}} ${n}`);
  }
  return lines.join('\n');
}

/** `{name="value",…}` with values escaped as the text format wants it. */
export function labelsOf(labels: Labels): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`;
}
