import { and, eq, inArray, isNull, sql as statement } from 'drizzle-orm';
import { auditLog, organizations, outbox } from '#schema/index.ts';
import { may, type Permission, type Standing } from '#shared/rules/permissions.ts';
import type { Bindings, Settings } from '../env.ts';
import type { Log } from '../observability/log.ts';
import { traceparentOf, type Trace } from '../observability/trace.ts';
import type { Database, SqlTransaction, WalledDatabase } from './database.ts';
import type { JobRef } from './define-job.ts';
import { AppError, notFound } from './errors.ts';
import { newId } from './prefixed-id.ts';
import { sendMessages, type Outgoing } from './send-messages.ts';
import type { KeyRing, SecretBox } from './secret-box.ts';

/** A signed-in person. `role` null = as a person, in no organization. */
export interface PersonActor {
  kind: 'user';
  userId: string;
  sessionId: string;
  role: Standing | null;
  permissions: readonly string[];
  /** The one client whose ad accounts this person sees; null = all. */
  clientId: string | null;
  /** When they last proved who they are. */
  provenAt: Date;
  /** When the access token of this call is good no more; absent where none was brought. */
  tokenEndsAt?: Date | null;
}
export type Actor =
  | PersonActor
  /** An API key: its scopes, at most those its maker had. */
  | { kind: 'key'; keyId: string; permissions: readonly string[] }
  | { kind: 'job'; job: string }
  | { kind: 'webhook'; source: string }
  | { kind: 'embed'; keyId: string; subject: string | null };

/** Everything a request or a queue batch brings along, before an organization is known. Time, randomness and the outside are passed in. */
export interface Ports {
  now(): Date;
  /** Waits on the same clock. */
  sleep(ms: number): Promise<void>;
  settings: Settings;
  bindings: Bindings;
  database: Database;
  keyRing: KeyRing;
  /** The only way out of the Worker: redirects manual, rewritten to the sandbox locally. */
  outside(url: string, init?: RequestInit): Promise<Response>;
  /** The way out for our own telemetry, which is not measured itself. */
  unmeasured(url: string, init?: RequestInit): Promise<Response>;
  log: Log;
  trace: Trace;
  waitUntil(work: Promise<unknown>): void;
  /** The request's sender; absent in jobs and cron. */
  caller?: Caller;
}

/** What is known of who called, from Cloudflare's own headers. */
export interface Caller {
  /** Keyed hash of the network: an IPv4 address, or the first half of an IPv6 one. */
  networkHash: string;
  /** City and country, such as "Rabat, MA"; null = unknown. */
  place: string | null;
  userAgent: string | null;
}

/** For work that belongs to no organization: a person's own, mail to somebody who has none yet. No tenant has this id. */
export const NO_ORGANIZATION = 'none';
export const PROOF_MS = 5 * 60_000;

/** Options of queued work: `delaySeconds` up to 12 hours. */
export interface EnqueueOptions {
  delaySeconds?: number;
}
export interface Tx {
  sql: SqlTransaction;
  /** Written to the outbox now, published after commit; a sweep publishes what a crash left behind. */
  enqueue<Input>(job: JobRef<Input>, input: Input, options?: EnqueueOptions): Promise<void>;
  audit(action: string, object: string | null, detail?: Record<string, unknown>): Promise<void>;
  /** The same act in another organization's log: of a person who goes from one to the other. */
  auditIn(organizationId: string, action: string, object: string | null, detail?: Record<string, unknown>): Promise<void>;
}

/** One organization, one actor. Every verb takes it first. */
export interface Context {
  readonly organizationId: string;
  readonly actor: Actor;
  readonly ports: Ports;
  readonly log: Log;
  now(): Date;
  newId(prefix: string): string;
  read: WalledDatabase['read'];
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** This organization's secret box; opened once. */
  box(): Promise<SecretBox>;
  /** Throws not_allowed unless the actor may; jobs, webhooks and embeds were authorized where they began. */
  require(permission: Permission): void;
  /** The person behind this call. @throws not_allowed for keys, jobs, webhooks and embeds */
  person(): PersonActor;
  /** @throws proof_needed unless the person proved who they are within the last five minutes */
  requireProof(): void;
}

export function createContext(ports: Ports, organizationId: string, actor: Actor): Context {
  const person = actor.kind === 'user' ? actor : null;
  const walled = ports.database.within({
    organizationId,
    ...(person ? { userId: person.userId } : {}),
    ...(person?.clientId ? { clientId: person.clientId } : {}),
  });
  let box: Promise<SecretBox> | undefined;
  const log = ports.log.with({ org: organizationId, actor: actor.kind });
  ports.trace.org = organizationId;
  ports.trace.actor = actor.kind;
  const ctx: Context = {
    organizationId,
    actor,
    ports,
    log,
    now: () => ports.now(),
    newId: (prefix) => newId(prefix, ports.now().getTime()),
    read: (build) => walled.read(build),
    async transaction(work) {
      const messages: Outgoing[] = [];
      const result = await walled.transaction((sql) => {
        messages.length = 0;
        const note = (inside: string, action: string, object: string | null, detail?: Record<string, unknown>) =>
          sql.insert(auditLog).values({
            id: ctx.newId('aud'),
            organizationId: inside,
            actor: actorName(actor),
            via: actor.kind === 'user' ? actor.sessionId || null : null,
            ipHash: ports.caller?.networkHash ?? null,
            action,
            object,
            detail: detail ?? null,
            at: ctx.now(),
          });
        const stand = (inside: string) => sql.execute(statement`select set_config('app.organization_id', ${inside}, true)`);
        return work({
          sql,
          async enqueue(job, input, { delaySeconds = 0 } = {}) {
            const id = ctx.newId('obx');
            const trace = traceparentOf(ports.trace);
            await sql.insert(outbox).values({
              id,
              organizationId,
              job: job.name,
              input: input as object,
              notBefore: new Date(ctx.now().getTime() + delaySeconds * 1000),
              trace,
            });
            messages.push({ queue: job.queue, message: { v: 1, job: job.name, organizationId, input, outboxId: id, trace }, delaySeconds });
          },
          async audit(action, object, detail) {
            await note(organizationId, action, object, detail);
          },
          async auditIn(elsewhere, action, object, detail) {
            await stand(elsewhere);
            await note(elsewhere, action, object, detail);
            await stand(organizationId);
          },
        });
      });
      await publish(ctx, messages);
      return result;
    },
    box() {
      box ??= (async () => {
        const [row] = await ctx.read((q) =>
          q
            .select({ wrappedDataKey: organizations.wrappedDataKey, keyVersion: organizations.keyVersion })
            .from(organizations)
            .where(eq(organizations.id, organizationId)),
        );
        if (!row) throw notFound('organization');
        return ports.keyRing.open(row);
      })();
      return box;
    },
    require(permission) {
      if ((actor.kind === 'user' || actor.kind === 'key') && !may(actor.permissions, permission))
        throw new AppError(
          'not_allowed',
          actor.kind === 'key'
            ? `This key lacks the scope ${permission}. Make a key that has it.`
            : `This needs the permission ${permission}. Ask an owner or admin of your organization.`,
        );
    },
    person() {
      if (!person) throw new AppError('not_allowed', 'Only a signed-in person can do this, not an API key.');
      return person;
    },
    requireProof() {
      if (ports.now().getTime() - ctx.person().provenAt.getTime() > PROOF_MS)
        throw new AppError(
          'proof_needed',
          'Prove who you are: with a code of your second factor if you have one, else with your password. Then do this again within five minutes.',
        );
    },
  };
  return ctx;
}

/** Who did it, as the audit log names them: a person's id, a key's, or the kind of machine. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'user') return actor.userId;
  if (actor.kind === 'key') return actor.keyId;
  return actor.kind === 'job' ? `job:${actor.job}` : actor.kind;
}

/** After commit: a failure here costs only time, because the sweep publishes every row that is not marked. */
async function publish(ctx: Context, messages: readonly Outgoing[]): Promise<void> {
  if (messages.length === 0) return;
  try {
    await sendMessages(ctx.ports.bindings, messages);
    const ids = messages.flatMap((m) => m.message.outboxId ?? []);
    await ctx.read((q) =>
      q
        .update(outbox)
        .set({ publishedAt: ctx.now() })
        .where(and(inArray(outbox.id, ids), isNull(outbox.publishedAt))),
    );
  } catch (error) {
    ctx.log.error('outbox.publish_failed', error, { count: messages.length });
  }
}
