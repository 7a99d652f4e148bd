import os from 'node:os';
import { parseArgs } from 'node:util';
import { measureScroll, type ScrollFigures } from './measure-scroll.ts';
import { percentile } from './percentile.ts';
import { countWrongRows } from './wrong-rows.ts';
import { adsPage, startRig } from './rig/start-rig.ts';
import { settled } from './rig/page-oracle.ts';
import { plantCache } from './rig/plant-cache.ts';
import { ADS } from './rig/account.ts';

/**
 * The overlay on the imitated Ads Manager with 5,000 rows: own milliseconds per frame while scrolling at a quarter of this machine's
 * speed, long tasks, badges that say another row's figure, and how soon a known figure stands after its row. With and without the
 * extension, in turn. `node --import tsx bench/overlay/run.ts [--rows 50000] [--frames 240] [--rounds 5] [--seed 1]`
 */
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '50000' },
    frames: { type: 'string', default: '240' },
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
  },
});
const CPU_RATE = 4;
const BOUNDS = { ownCallbackMedianMs: 0.5, longTasks: 0, wrongRowBadges: 0, badgeP95Ms: 300 };

const rig = await startRig();
const plain = await startRig({ extension: false });
try {
  await rig.signIn();
  await plantCache(rig.worker, '2026-11-01', '2026-11-19');
  const page = await rig.open(adsPage());
  await settled(page);
  const bare = await plain.open(adsPage());
  await bare.waitForFunction(() => (window as unknown as { __host?: { count: number } }).__host?.count !== 0);

  const wrong = await countWrongRows(page, Number(values.rows), Number(values.seed));

  const rounds: { with: ScrollFigures; without: ScrollFigures }[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await bare.bringToFront();
    const without = await measureScroll(bare, Number(values.frames), CPU_RATE);
    await page.bringToFront();
    // A page without memory: its figures come from the background's cache.
    await page.reload();
    await settled(page);
    rounds.push({ without, with: await measureScroll(page, Number(values.frames), CPU_RATE) });
  }
  const own = rounds.flatMap((round) => round.with.ownPerFrame);
  const frames = (of: 'with' | 'without'): number =>
    percentile(
      rounds.flatMap((round) => round[of].frames),
      50,
    );
  const badges = rounds.flatMap((round) => round.with.badgeMs);
  const figures = {
    ownCallbackMedianMs: percentile(own, 50),
    longTasks: rounds.reduce((sum, round) => sum + round.with.ownLongTasks, 0),
    wrongRowBadges: wrong.wrong,
    badgeP95Ms: percentile(badges, 95),
  };
  const missed = Object.entries(BOUNDS)
    .filter(([name, bound]) => !(figures[name as keyof typeof BOUNDS] <= bound))
    .map(([name]) => name);
  // A blank row is never wrong: a good part of them has to carry a figure for the count to say something.
  const enough =
    wrong.rowsChecked >= Number(values.rows) && wrong.withFigure * 4 >= wrong.rowsChecked && own.length > 0 && badges.length > 0;
  const result = {
    ok: missed.length === 0 && enough,
    missed: enough ? missed : [...missed, 'rowsWithFigure'],
    ...figures,
    rowsChecked: wrong.rowsChecked,
    rowsWithFigure: wrong.withFigure,
    rowsBlank: wrong.blank,
    logicalRows: ADS,
    cpuRate: CPU_RATE,
    ownCallbackMeanMs: own.reduce((sum, ms) => sum + ms, 0) / own.length,
    ownCallbackP95Ms: percentile(own, 95),
    ownCallbackMaxMs: Math.max(...rounds.map((round) => round.with.ownLongestMs)),
    framesMeasured: own.length,
    pageLongTasksWith: rounds.reduce((sum, round) => sum + round.with.pageLongTasks, 0),
    pageLongTasksWithout: rounds.reduce((sum, round) => sum + round.without.pageLongTasks, 0),
    frameMedianMsWith: frames('with'),
    frameMedianMsWithout: frames('without'),
    badgeMeasured: badges.length,
    seed: Number(values.seed),
    /** Others at work on this machine; frame times suffer most, own times too: a figure counts from a quiet run. */
    loadAverage: os.loadavg()[0],
  };
  process.stdout.write(
    `${JSON.stringify(result, (_, value: unknown) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value))}\n`,
  );
  process.exitCode = result.ok ? 0 : 1;
} finally {
  await rig.close();
  await plain.close();
}
