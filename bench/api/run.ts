import '../../local/quiet-wrangler.ts';
import { parseArgs } from 'node:util';
import path from 'node:path';
import { Miniflare } from 'miniflare';
import * as identity from '#shared/contracts/identity.ts';
import { DEMO } from '../../local/demo-member.ts';
import { freePorts } from '../../local/free-port.ts';
import { startNeonProxy } from '../../local/neon-proxy.ts';
import { runTool } from '../../local/run-tool.ts';
import { seedDemo } from '../../local/seed-demo.ts';
import { startStack } from '../../local/stack.ts';
import { percentile } from '../overlay/percentile.ts';

/**
 * What the whole middleware costs: an authenticated read (request id, log, session and membership looked up, permission, limits, the
 * verb's read) beside a Worker of Hono and one Neon read, asked in turns; and a sign-in beside the bare password hash.
 * `npm run bench:api [-- --requests 1500]`
 */
const { values } = parseArgs({ options: { requests: { type: 'string', default: '1500' } } });
const REQUESTS = Number(values.requests);
const WARM_UP = 300;
const SIGN_INS = 40;
const MAX_RATIO = 2;
/** A sign-in is the hash and little else. */
const MIN_HASH_SHARE = 0.5;

const dir = `.local/bench-api-${process.pid}`;
const stack = await startStack({
  dir,
  ports: await freePorts(),
  seed: 1,
  throwaway: true,
  quiet: true,
  demo: true,
  // Counted as in production, with a bound that a bench does not reach.
  vars: { API_LIMITS: 'key 600/60, session 100000/60' },
});
const proxy = await startNeonProxy({ postgresPort: stack.postgres.port });
const bundle = path.resolve(dir, 'bare');
await runTool(
  ['node_modules/wrangler/bin/wrangler.js', 'deploy', '--dry-run', '--config', 'bench/api/rig/bare.toml', '--outdir', bundle],
  'The bare Worker does not bundle',
);
const member = await seedDemo(stack, 1);
const bare = new Miniflare({
  modules: true,
  modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
  rootPath: bundle,
  scriptPath: path.join(bundle, 'bare-worker.js'),
  compatibilityDate: '2026-04-26',
  compatibilityFlags: ['nodejs_compat', 'enable_request_signal'],
  bindings: {
    DATABASE_URL: stack.postgres.url('postgres', 'inlay_api'),
    NEON_LOCAL_PROXY: `127.0.0.1:${proxy.port}`,
    ORGANIZATION: member.me.organization?.id ?? '',
  },
  cf: false,
  host: '127.0.0.1',
  port: 0,
});
try {
  const bareOrigin = (await bare.ready).origin;
  const timed = async (ask: () => Promise<Response>): Promise<number> => {
    const began = performance.now();
    const answer = await ask();
    await answer.arrayBuffer();
    const took = performance.now() - began;
    if (answer.status !== 200) throw new Error(`An answer of the bench is ${answer.status}.`);
    return took;
  };
  const headers = { authorization: `Bearer ${member.token()}` };
  const full = () => fetch(`${stack.origin}/v1/connections`, { headers });
  const alone = () => fetch(`${bareOrigin}/read`);
  const [fullTimes, bareTimes]: [number[], number[]] = [[], []];
  for (let n = 0; n < WARM_UP + REQUESTS; n++) {
    // In turns, and each first as often as the other: the machine's moods meet both.
    const inOrder =
      n % 2 === 0
        ? ([
            [full, fullTimes],
            [alone, bareTimes],
          ] as const)
        : ([
            [alone, bareTimes],
            [full, fullTimes],
          ] as const);
    for (const [ask, times] of inOrder) {
      const took = await timed(ask);
      if (n >= WARM_UP) times.push(took);
    }
  }
  const signIn = () =>
    fetch(`${stack.origin}${identity.signIn.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: DEMO.email, password: DEMO.password }),
    });
  const hash = () => fetch(`${bareOrigin}/password`);
  const [signInTimes, hashTimes]: [number[], number[]] = [[], []];
  for (let n = 0; n < SIGN_INS + 5; n++)
    for (const [ask, times] of [
      [signIn, signInTimes],
      [hash, hashTimes],
    ] as const) {
      const took = await timed(ask);
      if (n >= 5) times.push(took);
    }
  const round = (value: number) => Math.round(value * 100) / 100;
  const [fullMs, bareMs, signInMs, hashMs] = [fullTimes, bareTimes, signInTimes, hashTimes].map((times) => percentile(times, 50)) as [
    number,
    number,
    number,
    number,
  ];
  const ratio = fullMs / bareMs;
  const hashShare = hashMs / signInMs;
  const ok = ratio <= MAX_RATIO && hashShare >= MIN_HASH_SHARE;
  console.log(
    JSON.stringify({
      ok,
      requests: REQUESTS,
      fullMedianMs: round(fullMs),
      bareMedianMs: round(bareMs),
      fullP95Ms: round(percentile(fullTimes, 95)),
      bareP95Ms: round(percentile(bareTimes, 95)),
      ratio: round(ratio),
      maxRatio: MAX_RATIO,
      signInMedianMs: round(signInMs),
      hashMedianMs: round(hashMs),
      hashShare: round(hashShare),
    }),
  );
  process.exitCode = ok ? 0 : 1;
} finally {
  await bare.dispose();
  await proxy.stop();
  await stack.stop();
}
