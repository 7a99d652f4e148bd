import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import type {} from '../../../local/test-setup.ts';
import { inDatabases } from './in-database.ts';
import { ROWS, type Outcome } from './rows.ts';
import { SIM_PLATFORMS } from './sim-account.ts';

// A small part of what `npm run sim:launch -- --rows all` proves at full size. A seed that ever failed there is added here.

const admin = new pg.Client({ connectionString: inject('postgresUrl') });
beforeAll(async () => {
  await admin.connect();
  // The engine tells every row it sees; what came of it is asserted.
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await admin.end();
});

const row = (name: string, ads: number, seed: number, platforms = SIM_PLATFORMS): Promise<Outcome> => {
  const run = ROWS[name];
  if (!run) throw new Error(`there is no row ${name}`);
  const url = (database: string, user: string) => `postgres://${user}:${user}@127.0.0.1:${inject('postgresPort')}/${database}`;
  return run({ seed, ads, platforms, simulate: inDatabases(admin, url, seed) });
};

test('five platforms in bad weather, workers that die, a queue that repeats and loses: nothing twice, nothing lost', async () => {
  const { figures } = await row('L1', 15, 1);
  // So few ads share no calls: what a call per ad comes to is the full size's to say. A row whose answers were lost five times in a row asks
  // a person; how seldom that is, is L13's matter.
  expect(figures).toMatchObject({ duplicates: 0, lost: 0, ghosts: 0, untrue: 0, activeDuplicates: 0 });
  expect(figures['deaths']).toBeGreaterThan(0);
}, 120_000);

test('what the platform switches on by itself is seen in each object, holds the launch, and nothing is made of it', async () => {
  expect(await row('L10', 500, 1, ['meta'])).toMatchObject({ isMet: true });
}, 60_000);
