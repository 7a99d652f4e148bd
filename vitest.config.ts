import { defineConfig } from 'vitest/config';
import { LongestFirst } from './local/longest-first.ts';

/** One queue for all projects, which asks for the same number everywhere: most of the long ones' time is waiting, for settle windows and pages. */
const maxWorkers = 3;

/**
 * Tests under worker/ need Postgres and workerd, which `local/test-setup.ts` starts once per run; those of e2e/ start the whole product and a
 * Chromium; all others run anywhere. What keeps nothing in its modules shares a process; the clients' modules hold a page's state.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'pure',
          include: ['shared/**/*.test.ts', 'sandbox/**/*.test.ts', 'local/**/*.test.ts'],
          pool: 'forks',
          isolate: false,
          maxWorkers,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'clients',
          include: ['extension/**/*.test.{ts,tsx}', 'widget/**/*.test.{ts,tsx}'],
          pool: 'forks',
          maxWorkers,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'worker',
          include: ['worker/**/*.test.ts'],
          globalSetup: ['local/test-setup.ts'],
          pool: 'forks',
          isolate: false,
          maxWorkers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          pool: 'forks',
          maxWorkers,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A page is told what to do faster than a busy machine does it.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
