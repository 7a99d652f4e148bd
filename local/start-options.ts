import { parseArgs } from 'node:util';
import type { FaultPlan } from '../sandbox/index.ts';
import { faultsOf } from './faults-of.ts';
import type { Ports } from './hold-folder.ts';

/** The command line cannot be followed; the message is for the person who typed it. */
export class UsageError extends Error {}

export interface StartOptions {
  browser: boolean;
  check: boolean;
  seed: number;
  /** Null = fair weather. */
  weather: FaultPlan | null;
  ports: Ports;
  /** Folder of everything the stack remembers, from the checkout's root. */
  dir: string;
}

const USAGE = 'npm start -- [--browser] [--check] [--port 8787] [--seed 1] [--faults 7]';
const SPARE = 5;

/** Every port follows from the one that is given, so that a second checkout needs one other number only. */
export const portsFrom = (port: number): Ports => ({ worker: port, sandbox: port + 3, https: port + 4, postgres: port + SPARE });

/** What `npm start` was asked for. @throws UsageError */
export function startOptions(args: string[]): StartOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        browser: { type: 'boolean', default: false },
        check: { type: 'boolean', default: false },
        seed: { type: 'string', default: '1' },
        /** Seed of the weather; without it the outside world behaves. */
        faults: { type: 'string' },
        port: { type: 'string', default: '8787' },
        dir: { type: 'string', default: '.local/main' },
      },
    });
    return {
      browser: values.browser,
      check: values.check,
      seed: whole('seed', values.seed, 0, 999_999_999),
      weather: faultsOf(values.faults),
      ports: portsFrom(whole('port', values.port, 1024, 65_535 - SPARE)),
      dir: values.dir,
    };
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n${USAGE}`, { cause: error });
  }
}

function whole(name: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new Error(`--${name} takes a whole number from ${least} to ${most} (not "${value}").`);
  return number;
}
