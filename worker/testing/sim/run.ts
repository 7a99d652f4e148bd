import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { freePort } from '../../../local/free-port.ts';
import { migrate } from '../../../local/migrate.ts';
import { startPostgres } from '../../../local/postgres.ts';
import type { Mutant } from '../../kernel/mutants.ts';
import { inDatabases } from './in-database.ts';
import { SIM_PLATFORMS } from './sim-account.ts';
import { ROWS, type Outcome } from './rows.ts';

/**
 * The launch engine on a simulated clock, held to the launching guide's table:
 * `npm run sim:launch -- [--rows L1,L3|all] [--ads 10000] [--platforms all] [--seed 1] [--seeds 20] [--mutant no-window]`.
 * Each row prints its own figures; one that is missed ends the command with an error. With a mutant the row has to be missed.
 */
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: 'L1' },
    ads: { type: 'string', default: '10000' },
    platforms: { type: 'string', default: 'all' },
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1' },
    mutant: { type: 'string' },
  },
});
const platforms = values.platforms === 'all' ? SIM_PLATFORMS : (values.platforms.split(',') as AdPlatformId[]);
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.seed) + i);
const names = values.mutant ? ['L15'] : values.rows === 'all' ? Object.keys(ROWS) : values.rows.split(',');
// The engine tells every row it sees; here only what came of it matters.
if (!process.env['INLAY_LOG']) for (const level of ['info', 'warn', 'error'] as const) console[level] = () => undefined;

const dir = path.resolve(`.local/sim-${process.pid}`);
const postgres = await startPostgres({ dataDir: path.join(dir, 'pg'), port: await freePort(), throwaway: true });
const admin = new pg.Client({ connectionString: postgres.url() });
const missed: string[] = [];
try {
  await admin.connect();
  await admin.query('create database tmpl');
  await migrate(postgres.url('tmpl'), 'inlay_api');
  for (const seed of seeds)
    for (const name of names) {
      const row = ROWS[name];
      if (!row) throw new Error(`there is no row ${name}: ${Object.keys(ROWS).join(', ')}`);
      const began = performance.now();
      const outcome: Outcome = await row({
        seed,
        platforms,
        ads: Number(values.ads),
        mutant: (values.mutant ?? null) as Mutant | null,
        simulate: inDatabases(
          admin,
          (database, user) => postgres.url(database, user),
          seed,
          (line) => say(`     ${line}`),
        ),
      });
      if (!outcome.isMet) missed.push(`${name} seed ${seed}`);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      say(`${outcome.isMet ? 'ok  ' : 'FAIL'} ${name} seed ${seed} (${seconds} s) ${JSON.stringify(outcome.figures)}`);
    }
} finally {
  await admin.end();
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}
say(JSON.stringify({ ok: missed.length === 0, missed }));
process.exitCode = missed.length === 0 ? 0 : 1;
