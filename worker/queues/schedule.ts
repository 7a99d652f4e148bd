import { and, eq, isNull, sql } from 'drizzle-orm';
import { outbox } from '#schema/index.ts';
import { may, ROLE_PERMISSIONS, ROLES } from '#shared/rules/permissions.ts';
import type { Env, Settings } from '../env.ts';
import type { Ports } from '../kernel/context.ts';
import { createPorts } from '../kernel/create-ports.ts';
import { openDatabase } from '../kernel/database.ts';
import type { JobMessage, QueueName } from '../kernel/define-job.ts';
import { sendMessages } from '../kernel/send-messages.ts';
import { createLog } from '../observability/log.ts';
import { findJob } from './jobs.ts';

/** Who may look at figures, as Postgres writes a list. */
const DIGEST_ROLES = `{${ROLES.filter((role) => may(ROLE_PERMISSIONS[role], 'insights:read')).join(',')}}`;

/** Which job each kind of due work becomes, and how often it is looked for (minutes). */
const SWEEPS = [
  {
    every: 1,
    job: 'run-launch',
    key: 'launchId',
    due: (now: Date) => sql`select organization_id, launch_id as id from due_launches(${new Date(now.getTime() - 5_000).toISOString()})`,
  },
  {
    every: 1,
    job: 'sweep-launch',
    key: 'launchId',
    due: (now: Date) => sql`select organization_id, launch_id as id from due_sweeps(${now.toISOString()})`,
  },
  {
    every: 1,
    job: 'list-account',
    key: 'accountId',
    due: (now: Date) => sql`select organization_id, account_id as id from due_listings(${now.toISOString()})`,
  },
  {
    every: 1,
    job: 'refresh-connection',
    key: 'connectionId',
    due: (now: Date) => sql`select organization_id, connection_id as id from due_connections(${now.toISOString()})`,
  },
  {
    every: 1,
    job: 'deliver-webhooks',
    key: 'endpointId',
    due: (now: Date) => sql`select organization_id, endpoint_id as id from due_endpoints(${now.toISOString()}, 1000)`,
  },
  {
    every: 1,
    job: 'send-mail',
    key: 'mailId',
    due: (now: Date) => sql`select organization_id, mail_id as id from due_mails(${new Date(now.getTime() - 10_000).toISOString()}, 500)`,
  },
  {
    every: 15,
    job: 'send-digest',
    key: 'member',
    due: (now: Date) => sql`select organization_id, user_id || '/' || week as id from due_digests(${now.toISOString()}, ${DIGEST_ROLES})`,
  },
  {
    every: 5,
    job: 'run-deletion',
    key: 'requestId',
    due: (now: Date) => sql`select organization_id, request_id as id from due_deletions(${now.toISOString()})`,
  },
  {
    every: 15,
    job: 'expire-copy',
    key: 'exportId',
    due: (now: Date) => sql`select organization_id, export_id as id from due_exports(${now.toISOString()})`,
  },
  {
    every: 15,
    job: 'sync-ad-account',
    key: 'accountId',
    due: (now: Date) =>
      sql`select organization_id, account_id as id from due_ad_accounts(${new Date(now.getTime() - 14 * 60_000).toISOString()})`,
  },
  {
    every: 5,
    job: 'seal-audit',
    key: 'until',
    due: (now: Date) => {
      const until = new Date(now.getTime() - 2 * 60_000).toISOString();
      return sql`select organization_id, ${until}::text as id from due_audit_seals(${until})`;
    },
  },
  {
    every: 60,
    job: 'check-audit',
    key: 'at',
    due: (now: Date) => sql`select organization_id, ${now.toISOString()}::text as id from sealed_organizations()`,
  },
] as const;
/** Jobs that find their own work. */
const PERIODIC = [
  { every: 5, job: 'sweep-raw-webhooks' },
  { every: 5, job: 'sweep-clicks' },
  { every: 60, job: 'purge-expired' },
  { every: 24 * 60, job: 'reapply-erasures' },
  { every: 60, job: 'reconcile-leads' },
  { every: 24 * 60, job: 'rewrap-keys' },
  { every: 60, job: 'reconcile-orders' },
] as const;

/** Cron only enqueues. Everything it starts is repeatable, so a minute run twice or not at all harms nothing. */
export async function schedule(at: Date, env: Env, settings: Settings, execution: ExecutionContext): Promise<void> {
  const database = openDatabase(settings);
  const ports = createPorts({
    settings,
    bindings: env,
    database,
    log: createLog({ cron: at.toISOString().slice(0, 16) }),
    waitUntil: (work) => execution.waitUntil(work),
  });
  const minute = Math.floor(at.getTime() / 60_000);
  try {
    await relayOutbox(ports, at);
    for (const sweep of SWEEPS) {
      if (minute % sweep.every !== 0) continue;
      const { rows } = await database.within({}).read((q) => q.execute<{ organization_id: string; id: string }>(sweep.due(at)));
      await send(
        ports,
        rows.map((row) => ({ v: 1, job: sweep.job, organizationId: row.organization_id, input: { [sweep.key]: row.id } })),
      );
    }
    await send(
      ports,
      PERIODIC.filter((p) => minute % p.every === 0).map((p) => ({ v: 1, job: p.job, organizationId: '', input: {} })),
    );
  } finally {
    execution.waitUntil(database.close());
  }
}

function send(ports: Ports, messages: JobMessage[]): Promise<void> {
  return sendMessages(
    ports.bindings,
    messages.map((message) => ({ queue: queueOf(message.job), message, delaySeconds: 0 })),
  );
}

/** A job that is no more has no queue: any consumer buries its message under its name. */
const queueOf = (job: string): QueueName => findJob(job)?.queue ?? 'job';

/** Publishes outbox rows that were committed but, because of a crash between commit and send, never published. */
async function relayOutbox(ports: Ports, now: Date): Promise<void> {
  const { rows } = await ports.database
    .within({})
    .read((q) =>
      q.execute<{ organization_id: string; id: string }>(
        sql`select * from due_outbox(${new Date(now.getTime() - 10_000).toISOString()}, 100)`,
      ),
    );
  for (const { organization_id: organizationId, id } of rows) {
    const walled = ports.database.within({ organizationId });
    const [row] = await walled.read((q) =>
      q
        .select()
        .from(outbox)
        .where(and(eq(outbox.id, id), eq(outbox.organizationId, organizationId), isNull(outbox.publishedAt))),
    );
    if (!row) continue; // published in between
    await send(ports, [
      { v: 1, job: row.job, organizationId, input: row.input, outboxId: id, ...(row.trace === null ? {} : { trace: row.trace }) },
    ]);
    await walled.read((q) =>
      q
        .update(outbox)
        .set({ publishedAt: now })
        .where(and(eq(outbox.id, id), eq(outbox.organizationId, organizationId))),
    );
  }
}
