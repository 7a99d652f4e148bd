import path from 'node:path';
import pg from 'pg';
import type {} from 'vitest';
import type { TestProject } from 'vitest/node';
import { bundleWithoutFilter } from './bundle-without-filter.ts';
import { bundleWorker } from './bundle-worker.ts';
import { freePort } from './free-port.ts';
import { migrate } from './migrate.ts';
import { startNeonProxy } from './neon-proxy.ts';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string;
    postgresPort: number;
    neonProxyPort: number;
    bundleDir: string;
  }
}

/** Once per run: a throw-away Postgres with a migrated template database, the Neon stand-in, and the Worker bundled as for production. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  // The mutants whose verbs filter by no organization: the database's wall alone, or nothing at all.
  const isWithoutFilter = ['no-filter', 'no-filter-no-rls'].includes(process.env['INLAY_MUTANT'] ?? '');
  const port = await freePort();
  const dir = `.local/test-${process.pid}`;
  const [postgres, bundle] = await Promise.all([
    startPostgres({ dataDir: path.resolve(dir, 'pg'), port, throwaway: true }),
    isWithoutFilter ? bundleWithoutFilter(`${dir}/bundle`) : bundleWorker(`${dir}/bundle`),
  ]);
  const proxy = await startNeonProxy({ postgresPort: port });
  const admin = new pg.Client({ connectionString: postgres.url() });
  await admin.connect();
  await admin.query('create database tmpl');
  await admin.end();
  await migrate(postgres.url('tmpl'), 'inlay_api');
  provide('postgresUrl', postgres.url());
  provide('postgresPort', port);
  provide('neonProxyPort', proxy.port);
  provide('bundleDir', bundle.dir);
  return async () => {
    await proxy.stop();
    await postgres.stop();
    const { rm } = await import('node:fs/promises');
    await Promise.all([rm(dir, { recursive: true, force: true }), rm(postgres.dataDir, { recursive: true, force: true })]);
  };
}
