import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildWidget } from '../../widget/build-widget.ts';
import { startFixtureHosts } from '../../widget/testing/fixture-hosts.ts';
import { launchChromium } from '../../widget/testing/launch-chromium.ts';
import { measurePage, type Measured } from './measure-page.ts';
import { openHostPages } from './open-host-pages.ts';

/**
 * `npm run bench:widget`: the released bytes of both elements on pages with a strict policy, Trusted Types and the documented host style.
 * Exit 1 on a missed bound.
 */
const MOST_BYTES = 10_000;
const LOADS = 5;
const ELEMENTS = ['inlay-lead-roas', 'inlay-affiliate-stats'] as const;

const outDir = await mkdtemp(path.join(tmpdir(), 'inlay-bench-'));
const built = await buildWidget({ outDir, apiOrigin: 'https://api.inlay.test', openRoots: false });
const hosts = await startFixtureHosts(outDir);
hosts.state.latencyMs = 60;
const browser = await launchChromium();
const all: Measured[] = [];
const paintedMs: Record<string, number> = {};

for (const tag of ELEMENTS) {
  for (const [name, query, cpu] of [
    ['wide', { class: 'w640' }, 1],
    ['narrow', { class: 'w320', lang: 'ar' }, 1],
    ['slow', { class: 'w640', lang: 'fr' }, 4],
  ] as const) {
    const loads: Measured[] = [];
    for (let load = 0; load < LOADS; load += 1) loads.push(await measurePage(browser, hosts.page(tag, {}, { ...query }), tag, cpu));
    all.push(...loads);
    const median = loads.map((load) => load.paintedMs).sort((a, b) => a - b)[Math.floor(LOADS / 2)] ?? Number.NaN;
    paintedMs[`${tag} ${name}`] = Math.round(median);
    console.log(
      `${tag} ${name}: figures after ${Math.round(median)} ms (median of ${LOADS}, CPU ×${cpu}), CLS ${Math.max(...loads.map((load) => load.cls)).toFixed(4)}`,
    );
  }
}

// The imitated platforms' own pages at their real names.
const pages = await openHostPages(outDir, hosts.workerOrigin);
const onHostPages: Measured[] = [];
for (const { tag, url, name } of pages.list) {
  const measured = await measurePage(pages.browser, url, tag);
  onHostPages.push(measured);
  paintedMs[name] = Math.round(measured.paintedMs);
  console.log(`${name}: figures after ${Math.round(measured.paintedMs)} ms, CLS ${measured.cls.toFixed(4)}`);
}
await pages.close();
all.push(...onHostPages);

const closed = await rootIsClosed();
await browser.close();
await hosts.close();
await rm(outDir, { recursive: true, force: true });

const cls = Math.max(...all.map((load) => load.cls));
const cspViolations = all.flatMap((load) => load.cspViolations);
const errors = [...all.flatMap((load) => load.errors), ...hosts.state.badProofs];
for (const line of [...cspViolations, ...errors, ...all.flatMap((load) => load.shifts)]) console.log(line);
const ok =
  Math.max(built.gzipBytes['lead-roas'], built.gzipBytes['affiliate-stats']) <= MOST_BYTES &&
  cls === 0 &&
  cspViolations.length === 0 &&
  errors.length === 0 &&
  closed;
console.log(
  JSON.stringify({
    ok,
    gzipBytes: built.gzipBytes,
    cls,
    cspViolations: cspViolations.length,
    errors: errors.length,
    closedRoots: closed,
    paintedMs,
    loads: all.length,
  }),
);
process.exitCode = ok ? 0 : 1;

/** Whether the page's own script is kept out of a released card. */
async function rootIsClosed(): Promise<boolean> {
  const plain = await browser.newPage();
  await plain.goto(hosts.page('inlay-lead-roas'));
  await plain.waitForFunction(() => customElements.get('inlay-lead-roas') !== undefined);
  const closed = await plain.evaluate(() => document.querySelector('inlay-lead-roas')?.shadowRoot === null);
  await plain.close();
  return closed;
}
