import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { AD_PLATFORMS, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { freePort } from '../../../local/free-port.ts';
import { migrate } from '../../../local/migrate.ts';
import { startNeonProxy } from '../../../local/neon-proxy.ts';
import { startPostgres } from '../../../local/postgres.ts';
import { guideWeather } from './weather.ts';
import { simulate, type SimResult } from './simulate.ts';

/**
 * The launch engine on a simulated clock: `npm run sim:launch -- --ads 10000 --platforms all --seed 1 [--seeds 20] [--mutant no-window]
 * [--late]`. The last line is JSON with the worst figure of all seeds; a bound that is missed ends it with an error.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    ads: { type: 'string', default: '10000' },
    platforms: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    mutant: { type: 'string' },
    late: { type: 'boolean', default: false },
    death: { type: 'string', default: '0.002' },
  },
});
const platforms = values.platforms === 'all' ? AD_PLATFORMS : (values.platforms.split(',') as AdPlatformId[]);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.seed) + i);

const dir = path.resolve(`.local/sim-${process.pid}`);
const postgres = await startPostgres({ dataDir: path.join(dir, 'pg'), port: await freePort(), throwaway: true });
const proxy = await startNeonProxy({ postgresPort: postgres.port });
const admin = new pg.Client({ connectionString: postgres.url() });
const results: (SimResult & { seed: number; ok: boolean })[] = [];
try {
  await admin.connect();
  await admin.query('create database tmpl');
  await migrate(postgres.url('tmpl'), 'inlay_api');
  for (const seed of seeds) {
    const name = `sim_${seed}`;
    await admin.query(`create database ${name} template tmpl`);
    const began = performance.now();
    const result = await simulate({
      databaseUrl: (user) => postgres.url(name, user),
      neonProxyPort: proxy.port,
      seed,
      platforms,
      ads: Number(values.ads),
      mutant: values.mutant ?? null,
      faults: guideWeather(seed, values.late),
      death: Number(values.death),
      say: (line) => say(`     ${line}`),
    });
    const ok =
      result.created === result.planned &&
      result.duplicates + result.lost + result.unclear + result.ghosts + result.activeDuplicates === 0 &&
      result.callsPerAd <= 1.5;
    results.push({ seed, ok, ...result });
    say(`${ok ? 'ok  ' : 'FAIL'} seed ${seed} (${((performance.now() - began) / 1000).toFixed(0)} s) ${JSON.stringify(result)}`);
    await admin.query(`drop database ${name} with (force)`);
  }
} finally {
  await admin.end();
  await proxy.stop();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}
const ok = results.length === seeds.length && results.every((one) => one.ok);
const worst = (pick: (one: SimResult) => number): number => Math.max(...results.map(pick));
say(
  JSON.stringify({
    ok,
    seeds: seeds.length,
    firstSeed: seeds[0],
    platforms,
    mutant: values.mutant ?? null,
    planned: worst((one) => one.planned),
    created: Math.min(...results.map((one) => one.created)),
    duplicates: worst((one) => one.duplicates),
    activeDuplicates: worst((one) => one.activeDuplicates),
    lost: worst((one) => one.lost),
    unclear: worst((one) => one.unclear),
    ghosts: worst((one) => one.ghosts),
    extra: worst((one) => one.extra),
    callsPerAd: worst((one) => one.callsPerAd),
    throttledShare: worst((one) => one.throttledShare),
    deaths: worst((one) => one.deaths),
    resumeSeconds: worst((one) => one.resumeSeconds),
    waitingPoints: worst((one) => one.waitingPoints),
    simulatedMinutes: worst((one) => one.simulatedMinutes),
  }),
);
process.exitCode = ok ? 0 : 1;
