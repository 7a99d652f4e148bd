import { parseArgs } from 'node:util';
import { createSandbox, defaultFaultPlan } from './index.ts';

/** Runs the sandbox by itself: `node --import tsx sandbox/serve.ts --port 8790 --https-port 8791 --state FILE --seed 1 --worker URL`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8790' },
    'https-port': { type: 'string' },
    state: { type: 'string' },
    seed: { type: 'string', default: '1' },
    worker: { type: 'string' },
    /** Starts with the default fault plan instead of fair weather. */
    faults: { type: 'boolean', default: false },
  },
});

const seed = Number(values.seed);
const sandbox = await createSandbox({
  seed,
  port: Number(values.port),
  ...(values['https-port'] === undefined ? {} : { httpsPort: Number(values['https-port']) }),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
  ...(values.worker === undefined ? {} : { workerOrigin: values.worker }),
  ...(values.faults ? { faults: defaultFaultPlan(seed) } : {}),
});
process.stdout.write(`${JSON.stringify({ sandbox: sandbox.url, https: sandbox.httpsUrl, seed })}\n`);

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    void sandbox.close().then(() => process.exit(0));
  });
}
