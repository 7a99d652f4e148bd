import path from 'node:path';
import { buildClient } from './build-clients.ts';
import { check } from './check.ts';
import { DEMO } from './demo-member.ts';
import { endLeftovers } from './end-leftovers.ts';
import { presentChromium } from './find-chromium.ts';
import { freePorts, isFree } from './free-port.ts';
import { HeldError, holdFolder, holderOf } from './hold-folder.ts';
import { DEMO_CREATOR, DEMO_SHOP, seedDemo } from './seed-demo.ts';
import { startStack, type Stack } from './stack.ts';
import { startOptions, UsageError, type StartOptions } from './start-options.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const options = readOptions();
const started = performance.now();
const since = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const say = (line: string) => {
  if (!options.check) console.log(line);
};

function readOptions(): StartOptions {
  try {
    return startOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** A stack runs in this folder: nothing of it is touched; with --browser a Chromium joins it. */
async function joinRunning({ message, holder }: HeldError): Promise<never> {
  const { ports } = holder;
  if (options.browser && ports) {
    const origin = `http://127.0.0.1:${ports.worker}`;
    const answers = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (answers) {
      console.log(`${message} Opening a Chromium on it.`);
      const { openBrowser } = await import('./open-browser.ts');
      await (
        await openBrowser({ chromium: presentChromium(), origin, httpsPort: ports.https })
      ).closed;
      process.exit(0);
    }
  }
  console.error(`${message} Stop it with Ctrl C in its window, or look at it with npm start -- --browser once it is ready.`);
  process.exit(1);
}

const peoplesPorts = () => holderOf(path.resolve(ROOT, options.dir, 'running.pid'))?.ports ?? options.ports;

/** A check never touches a stack that runs here: it takes free ports and a folder of its own. */
const place = options.check
  ? {
      dir: `.local/check-${process.pid}`,
      ports: await freePorts(),
    }
  : { dir: options.dir, ports: options.ports };
const folder = path.resolve(ROOT, place.dir);

let letGo: (() => void) | undefined;
let stack: Stack | undefined;
let stopping: Promise<void> | undefined;
const stop = (): Promise<void> =>
  (stopping ??= (async () => {
    await stack?.stop();
    letGo?.();
  })());
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const onSignal = () => void stop().then(() => process.exit(0));
for (const signal of SIGNALS) process.on(signal, onSignal);
/** Miniflare and Playwright end the process at once on Ctrl C, before what was just written is kept: the orderly stop is ours alone. */
function stopAlone(): void {
  for (const signal of SIGNALS) for (const other of process.listeners(signal)) if (other !== onSignal) process.off(signal, other);
}

try {
  // Before anything is built or started: what runs here must not notice this start.
  letGo = holdFolder(folder, place.ports);
  const chromium = options.browser ? presentChromium() : null;
  await endLeftovers(folder);
  for (const [what, port] of Object.entries(place.ports))
    if (!(await isFree(port)))
      throw new UsageError(
        `Port ${port} (${what}) is taken by another program. Give another: npm start -- --port ${options.ports.worker + 13}`,
      );
  say('Starting Inlay …');
  // The Worker serves the web app's files, so they are built before it is bundled; extension and widget in the meantime.
  const clients = Promise.all([
    // Also in a check: the folder that Chrome may have loaded keeps talking to the stack that people start.
    buildClient('extension', { INLAY_API_ORIGIN: `http://127.0.0.1:${(options.check ? peoplesPorts() : place.ports).worker}` }),
    buildClient('widget'),
  ]);
  await Promise.all([buildClient('web'), clients]);
  say(`  web app, extension and widget built (${since()})`);
  stack = await startStack({
    ...place,
    seed: options.seed,
    onStep: (step) => say(`  ${step} (${since()})`),
    quiet: true,
    ...(options.check ? { throwaway: true, cronEverySeconds: 2 } : {}),
  });
  stopAlone();
  const member = await seedDemo(stack, options.seed);
  // After a longer stop every figure is stale: read the ad accounts now instead of at the next quarter hour.
  await stack.worker.cron(new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000));
  if (options.weather) stack.sandbox.setFaults(options.weather);
  const readySeconds = Number(((performance.now() - started) / 1000).toFixed(1));

  if (options.check) {
    const result = await check(stack, member);
    await stop();
    console.log(JSON.stringify({ ...result, readySeconds }));
    process.exit(result.ok ? 0 : 1);
  }
  say(`
Inlay is ready (${since()}).

  Web app        ${stack.origin}
                 sign in with  ${DEMO.email}  /  ${DEMO.password}
  All in one     npm start -- --browser   a Chromium with the extension on the imitated Ads Manager; also while this runs
  Creator        in that Chromium: sign in at https://${DEMO_SHOP}/account as ${DEMO_CREATOR.email}, then open a product
  Mailbox        ${stack.sandbox.url}/mailbox.inlay.test/   every mail Inlay sends: a new account begins with the link of one
  Outside world  ${stack.sandbox.url}   the imitated platforms and the bare host pages
  Extension      chrome://extensions → Developer mode → Load unpacked → ${path.join(ROOT, 'dist/extension')}
                 in your own Chrome it has the app, but none of the imitated pages
${options.weather ? `  Weather        faults of seed ${options.weather.seed}: lost answers, late applies, throttling, shuffled webhooks\n` : ''}  Stop           Ctrl C.  Data is kept; npm run reset clears it.
`);
  if (chromium) {
    await (
      await import('./open-browser.ts')
    ).openBrowser({ chromium, origin: stack.origin, httpsPort: place.ports.https, profile: path.join(folder, 'chromium') });
    stopAlone();
  }
} catch (error) {
  if (error instanceof HeldError && letGo === undefined) await joinRunning(error);
  await stop();
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof UsageError || error instanceof HeldError) console.error(error.message);
  else if (code === 'EADDRINUSE' || code === 'ERR_ADDRESS_IN_USE')
    console.error(`A port is taken (${(error as Error).message}). Give others: npm start -- --port ${options.ports.worker + 13}`);
  else console.error(error);
  process.exit(1);
}
