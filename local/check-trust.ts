import { parseArgs } from 'node:util';
import { freePorts } from './free-port.ts';
import { startStack } from './stack.ts';
import { outboundWebhooks } from './trust/b5.ts';
import { secondWall } from './trust/c2.ts';
import { roleMatrix } from './trust/c3.ts';
import { refreshReuse } from './trust/c4.ts';
import { guessing } from './trust/c5.ts';
import { codesOnce } from './trust/c6.ts';
import { fuzz } from './trust/c7.ts';
import { fastAnswer } from './trust/b2.ts';
import { forgery } from './trust/b3.ts';
import { rotation } from './trust/c11.ts';
import { bothVersions } from './trust/f3.ts';
import { deadLetters } from './trust/f4.ts';
import { secrets } from './trust/c10.ts';
import type { TrustRow } from './trust/trust-row.ts';

/** Rows in the order of the goal table. */
const ROWS: TrustRow[] = [
  fastAnswer,
  forgery,
  outboundWebhooks,
  secondWall,
  roleMatrix,
  refreshReuse,
  guessing,
  codesOnce,
  fuzz,
  secrets,
  rotation,
  bothVersions,
  deadLetters,
];
const CI_SHARE = 20;

/** npm run check:trust [-- --full] [--row C4] [--seed 7]: each row on a stack of its own; the last line is JSON with every row's figures. */
const { values } = parseArgs({
  options: { full: { type: 'boolean', default: false }, row: { type: 'string', multiple: true }, seed: { type: 'string', default: '1' } },
});
const results: Record<string, object> = {};
let ok = true;
for (const row of ROWS.filter((one) => !values.row || values.row.includes(one.row))) {
  const started = performance.now();
  const stack = await startStack({
    dir: `.local/trust-${process.pid}-${row.row}`,
    ports: await freePorts(),
    seed: Number(values.seed),
    throwaway: true,
    quiet: true,
    inspect: true,
    demo: true,
    cronEverySeconds: 2,
  });
  try {
    const result = await row.run({
      stack,
      seed: Number(values.seed),
      scaled: (full) => Math.max(1, values.full ? full : Math.ceil(full / CI_SHARE)),
      say: (line) => console.log(`     ${line}`),
    });
    ok &&= result.ok;
    results[row.row] = { ok: result.ok, ...result.figures };
  } catch (error) {
    ok = false;
    results[row.row] = { ok: false, error: String(error) };
  } finally {
    await stack.stop();
  }
  console.log(
    `${(results[row.row] as { ok: boolean }).ok ? 'ok  ' : 'FAIL'} ${row.row} ${row.promise} (${((performance.now() - started) / 1000).toFixed(0)} s) ${JSON.stringify(results[row.row])}`,
  );
}
ok &&= Object.keys(results).length > 0;
console.log(JSON.stringify({ ok, full: values.full, seed: Number(values.seed), rows: results }));
process.exitCode = ok ? 0 : 1;
