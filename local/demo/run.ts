import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { buildClient } from '../build-clients.ts';
import { freePorts } from '../free-port.ts';
import { startStack, type Stack } from '../stack.ts';
import { BriefError } from './plan-of-brief.ts';
import { DEFAULT_FILES, play, type DemoResult } from './play.ts';

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string' },
    sheet: { type: 'string' },
    media: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

let stack: Stack | undefined;
let stopping: Promise<void> | undefined;
const stop = (): Promise<void> => (stopping ??= stack?.stop() ?? Promise.resolve());
let interrupted = false;
// A signal may end the process before the stack has stopped: what it wrote goes in any case.
process.on('exit', () => {
  if (stack) fs.rmSync(stack.dir, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupted = true;
    void stop().finally(() => process.exit(130));
  });

/** One throw-away product on free ports, one story, one verdict. */
async function demo(seed: number): Promise<DemoResult> {
  const started = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`  [seed ${seed}, ${((performance.now() - started) / 1000).toFixed(1)} s] ${line}\n`);
  };
  const ports = await freePorts();
  await Promise.all([buildClient('web'), buildClient('widget')]);
  stopping = undefined;
  stack = await startStack({
    dir: `.local/demo-${process.pid}-${seed}`,
    ports,
    seed,
    throwaway: true,
    cronEverySeconds: 2,
    quiet: !process.env['INLAY_LOG'],
    onStep: say,
  });
  try {
    return await play(stack, seed, { sheet: values.sheet ?? DEFAULT_FILES.sheet, media: values.media ?? DEFAULT_FILES.media }, say);
  } finally {
    if (values.keep && !interrupted) await lookAround(stack);
    await stop();
  }
}

/** --keep: the stack stays until Ctrl C, to look at what happened. */
async function lookAround({ origin, sandbox }: Stack): Promise<void> {
  process.stderr.write(`\n  Still running: web app ${origin}, outside world ${sandbox.url}. Ctrl C ends it.\n`);
  await new Promise(() => undefined);
}

function seedsOf(): number[] {
  const [first, last] = (values.seeds ?? values.seed).split('-').map(Number);
  if (first === undefined || !Number.isInteger(first) || (last !== undefined && !Number.isInteger(last)))
    throw new Error('Give --seed 3, or --seeds 1-10.');
  return Array.from({ length: (last ?? first) - first + 1 }, (_, i) => first + i);
}

for (const seed of seedsOf()) {
  if (interrupted) break;
  const result = await demo(seed).catch((error: Error) => ({
    ok: false,
    seed,
    problems: [error instanceof BriefError ? error.message : (error.stack ?? error.message)],
  }));
  // What breaks because its stack was stopped under it is no result.
  if (interrupted) await new Promise(() => undefined);
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (!result.ok) process.exitCode = 1;
}
process.exit();
