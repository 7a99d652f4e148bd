import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildClient } from './build-clients.ts';
import { check } from './check.ts';
import { DEMO } from './demo-member.ts';
import { faultsOf } from './faults-of.ts';
import { freePort } from './free-port.ts';
import { seedDemo } from './seed-demo.ts';
import { startStack, type Stack } from './stack.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    browser: { type: 'boolean', default: false },
    check: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    /** Seed of the weather; without it the outside world behaves. */
    faults: { type: 'string' },
    port: { type: 'string', default: '8787' },
  },
});
const seed = Number(values.seed);
const weather = faultsOf(values.faults);
const started = performance.now();
const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const say = (line: string) => {
  if (!values.check) console.log(line);
};

/** A check never touches a stack that runs here: it takes free ports and a folder of its own. */
const place = values.check
  ? {
      dir: `.local/check-${process.pid}`,
      ports: { worker: await freePort(), sandbox: await freePort(), https: await freePort(), postgres: await freePort() },
    }
  : { dir: '.local/main', ports: { worker: Number(values.port), sandbox: 8790, https: 8791, postgres: 5488 } };

let stack: Stack | undefined;
let stopping: Promise<void> | undefined;
const stop = (): Promise<void> =>
  (stopping ??= (async () => {
    await stack?.stop();
    fs.rmSync(path.join(ROOT, place.dir, 'running.pid'), { force: true });
  })());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)));

try {
  say('Starting Inlay …');
  // The Worker serves the web app's files, so they are built before it is bundled; extension and widget in the meantime.
  const clients = Promise.all([
    // Also in a check: the folder that Chrome may have loaded keeps talking to the stack that people start.
    buildClient('extension', { INLAY_API_ORIGIN: `http://127.0.0.1:${values.port}` }),
    buildClient('widget'),
  ]);
  await Promise.all([buildClient('web'), clients]);
  say(`  web app, extension and widget built (${since()})`);
  stack = await startStack({
    ...place,
    seed,
    onStep: (step) => say(`  ${step} (${since()})`),
    quiet: true,
    ...(values.check ? { throwaway: true, cronEverySeconds: 2 } : {}),
  });
  fs.writeFileSync(path.join(ROOT, place.dir, 'running.pid'), String(process.pid));
  const member = await seedDemo(stack, seed);
  // After a longer stop every figure is stale: read the ad accounts now instead of at the next quarter hour.
  await stack.worker.cron(new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000));
  if (weather) stack.sandbox.setFaults(weather);
  const readySeconds = Number(((performance.now() - started) / 1000).toFixed(1));

  if (values.check) {
    const result = await check(stack, member);
    await stop();
    console.log(JSON.stringify({ ...result, readySeconds }));
    process.exit(result.ok ? 0 : 1);
  }
  say(`
Inlay is ready (${since()}).

  Web app        ${stack.origin}
                 sign in with  ${DEMO.email}  /  ${DEMO.password}
  Outside world  ${stack.sandbox.url}   the imitated platforms, their mailbox and the host pages
  Extension      chrome://extensions → Developer mode → Load unpacked → ${path.join(ROOT, 'dist/extension')}
  All in one     npm start -- --browser   a Chromium with the extension on the imitated Ads Manager
${weather ? `  Weather        faults of seed ${weather.seed}: lost answers, late applies, throttling, shuffled webhooks\n` : ''}  Stop           Ctrl C.  Data is kept; npm run reset clears it.
`);
  if (values.browser) await (await import('./open-browser.ts')).openBrowser(stack);
} catch (error) {
  await stop();
  const reason = error as NodeJS.ErrnoException;
  console.error(
    reason.code === 'EADDRINUSE'
      ? `A port is taken (${reason.message}). Is Inlay running already? Stop it, or give another: npm start -- --port 8800`
      : reason,
  );
  process.exit(1);
}
