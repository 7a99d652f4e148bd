import { defineConfig } from 'vitest/config';

/** Pure tests run anywhere; tests under worker/ also need Postgres and workerd, which `local/test-setup.ts` starts once per run. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'shared/**/*.test.ts',
            'sandbox/**/*.test.ts',
            'extension/**/*.test.{ts,tsx}',
            'widget/**/*.test.{ts,tsx}',
            'local/**/*.test.ts',
          ],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'worker',
          sequence: { groupOrder: 1 },
          include: ['worker/**/*.test.ts'],
          globalSetup: ['local/test-setup.ts'],
          pool: 'forks',
          isolate: false,
          // Most of their time is waiting for settle windows.
          maxWorkers: 3,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['e2e/**/*.test.ts'],
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
