import fs from 'node:fs';
import { neonConfig } from '@neondatabase/serverless';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { importOrganization } from '../domains/privacy/copies/import-organization.ts';
import { createContext, type Ports } from '../kernel/context.ts';
import { openDatabase } from '../kernel/database.ts';
import { AppError } from '../kernel/errors.ts';
import { createKeyRing } from '../kernel/secret-box.ts';
import { createLog } from '../observability/log.ts';
import { startTrace } from '../observability/trace.ts';

/**
 * `npm run import:organization -- <file>`: brings the copy of an organization back into a database that does not hold it. DATABASE_URL (of
 * the role inlay_api) and KEY_ENCRYPTION_KEYS are those of the Worker; see docs/privacy.md.
 */
const [file] = process.argv.slice(2);
const env = z
  .object({ DATABASE_URL: z.string().min(1), NEON_LOCAL_PROXY: z.string().optional(), KEY_ENCRYPTION_KEYS: z.string().min(2) })
  .safeParse(process.env);
if (!file || !env.success) {
  process.stderr.write('Usage: DATABASE_URL=… KEY_ENCRYPTION_KEYS=… npm run import:organization -- <file>\n');
  process.exit(1);
}
neonConfig.webSocketConstructor = WebSocket;
const database = openDatabase(env.data);
try {
  const copy: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  const { organizationId } = z.object({ organizationId: z.string().min(1) }).parse(copy);
  const keys = z.record(z.string(), z.string()).parse(JSON.parse(env.data.KEY_ENCRYPTION_KEYS));
  const trace = startTrace(null, 0);
  // All that an import touches: it reaches Postgres and nothing else.
  const ports = {
    now: () => new Date(),
    database: database.traced(trace),
    trace,
    keyRing: createKeyRing(keys),
    log: createLog(),
  } as Partial<Ports> as Ports;
  const result = await importOrganization(createContext(ports, organizationId, { kind: 'job', job: 'import-organization' }), copy);
  process.stdout.write(`${JSON.stringify({ ok: true, organizationId, ...result })}\n`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await database.close();
}
