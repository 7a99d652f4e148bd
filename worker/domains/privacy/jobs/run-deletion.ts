import { and, eq, isNull, lte, ne, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { connections, dataExports, deletionRequests, users } from '#schema/index.ts';
import { NO_ORGANIZATION, type Context } from '../../../kernel/context.ts';
import { defineJob } from '../../../kernel/define-job.ts';
import { dropAllRaw } from '../../../kernel/raw-webhooks.ts';
import { dropAnchor } from '../../audit/index.ts';
import { disconnect } from '../../connections/index.ts';
import { legalHolds } from '../deletion/kept-by-law.ts';
import { ownedAlone, tellOfDeletion } from '../deletion/person-deletion.ts';
import { setTombstone } from '../deletion/tombstones.ts';

type Request = typeof deletionRequests.$inferSelect;
const DAY_MS = 86_400_000;

/**
 * Carries out a deletion whose time has come. Each step can be repeated, and the last one says that it is done: access given back to
 * platforms, rows, files, the mark outside of the database, the proof.
 */
export const runDeletion = defineJob({
  name: 'run-deletion',
  queue: 'job',
  input: z.object({ requestId: z.string() }),
  async run(ctx, { requestId }) {
    const open = and(
      eq(deletionRequests.id, requestId),
      eq(deletionRequests.organizationId, ctx.organizationId),
      isNull(deletionRequests.cancelledAt),
      isNull(deletionRequests.doneAt),
    );
    const request = await begin(ctx, open);
    if (!request) return;
    if (request.kind === 'person' && (await ownedAlone(ctx, request.subject)).length > 0) return waitForAnotherOwner(ctx, request);
    const erased = request.kind === 'organization' ? await eraseOrganization(ctx, request) : await erasePerson(ctx, request);
    await setTombstone(ctx.ports, { kind: request.kind, subject: request.subject, at: ctx.now().toISOString() });
    const before = request.report?.erased ?? {};
    await ctx.read((q) =>
      q
        .update(deletionRequests)
        .set({ doneAt: ctx.now(), report: { erased: { ...before, ...erased }, kept: legalHolds(request.kind, request.dueAt) } })
        .where(open),
    );
    ctx.log.info('privacy.erased', { kind: request.kind });
  },
});

/**
 * The wish, if its time has come. What an organization loses first (access, files) cannot be given back, so its wish is marked before: who
 * takes it back in the same moment either wins here and nothing is lost, or hears that it has begun. Nothing of a person goes before the
 * one statement that looks at their wish itself.
 */
async function begin(ctx: Context, open: SQL | undefined): Promise<Request | undefined> {
  const due = and(open, lte(deletionRequests.dueAt, ctx.now()));
  const [marked] = await ctx.read((q) =>
    q
      .update(deletionRequests)
      .set({ begunAt: sql`coalesce(${deletionRequests.begunAt}, ${ctx.now().toISOString()}::timestamptz)` })
      .where(and(due, eq(deletionRequests.kind, 'organization')))
      .returning(),
  );
  if (marked) return marked;
  const [person] = await ctx.read((q) =>
    q
      .select()
      .from(deletionRequests)
      .where(and(due, eq(deletionRequests.kind, 'person'))),
  );
  return person;
}

/** Somebody else owned it when they asked. Looked at again each day, and they are told each time: nothing happens by itself. */
async function waitForAnotherOwner(ctx: Context, { id, subject }: Request): Promise<void> {
  await ctx.transaction(async (tx) => {
    const [put] = await tx.sql
      .update(deletionRequests)
      .set({ dueAt: new Date(ctx.now().getTime() + DAY_MS) })
      .where(and(eq(deletionRequests.id, id), lte(deletionRequests.dueAt, ctx.now()), isNull(deletionRequests.cancelledAt)))
      .returning({ id: deletionRequests.id });
    const [user] = await tx.sql.select().from(users).where(eq(users.id, subject));
    if (!put || !user) return; // another run was faster
    await tellOfDeletion(ctx, tx, user, 'account_deletion_waits');
  });
  ctx.log.info('privacy.erasure_waits', { kind: 'person' });
}

async function eraseOrganization(ctx: Context, request: Request): Promise<Record<string, number>> {
  const held = await ctx.read((q) =>
    q
      .select({ id: connections.id, provider: connections.provider, externalId: connections.externalId, status: connections.status })
      .from(connections)
      .where(eq(connections.organizationId, ctx.organizationId)),
  );
  for (const { id, status } of held) if (status !== 'revoked') await disconnect(ctx, id);
  const files = (await dropFiles(ctx, `${ctx.organizationId}/`)) + (await dropFiles(ctx, `org/${ctx.organizationId}/`));
  const copies = await dropFiles(ctx, `exports/${ctx.organizationId}/`);
  let bodies = 0;
  for (const { provider, externalId } of held) if (provider === 'shopify') bodies += await dropBodies(ctx, externalId);
  const rows = await erase(ctx, 'erase_organization', request.id);
  await dropAnchor(ctx);
  return { ...rows, files, copies, webhookBodies: bodies };
}

async function erasePerson(ctx: Context, request: Request): Promise<Record<string, number>> {
  const mine = and(eq(dataExports.organizationId, NO_ORGANIZATION), eq(dataExports.requestedBy, request.subject));
  const copies = await ctx.read((q) => q.select({ storageKey: dataExports.storageKey }).from(dataExports).where(mine));
  for (const { storageKey } of copies) if (storageKey) await ctx.ports.bindings.MEDIA.delete(storageKey);
  await ctx.read((q) => q.delete(dataExports).where(mine));
  return { ...(await erase(ctx, 'erase_person', request.id)), copies: copies.length };
}

async function erase(ctx: Context, what: 'erase_organization' | 'erase_person', requestId: string): Promise<Record<string, number>> {
  // Of a large organization this takes longer than the HTTP door waits.
  return ctx.transaction(async (tx) => {
    const { rows } = await tx.sql.execute<{ counts: Record<string, number> }>(
      sql`select ${sql.identifier(what)}(${requestId}, ${ctx.now().toISOString()}::timestamptz) as counts`,
    );
    const counts = rows[0]?.counts ?? {};
    // Kept at once: a repeat finds no rows to count.
    await tx.sql
      .update(deletionRequests)
      .set({ report: sql`coalesce(${deletionRequests.report}, ${JSON.stringify({ erased: counts, kept: [] })}::jsonb)` })
      .where(and(eq(deletionRequests.id, requestId), ne(sql`${JSON.stringify(counts)}`, '{}')));
    return counts;
  });
}

async function dropFiles(ctx: Context, prefix: string): Promise<number> {
  const { MEDIA } = ctx.ports.bindings;
  let gone = 0;
  for (;;) {
    const { objects } = await MEDIA.list({ prefix, limit: 1000 });
    if (objects.length === 0) return gone;
    await MEDIA.delete(objects.map(({ key }) => key));
    gone += objects.length;
  }
}

/** Webhook bodies of a shop, unless another organization is connected to it. */
async function dropBodies(ctx: Context, shop: string): Promise<number> {
  const { rows } = await ctx.ports.database
    .within({})
    .read((q) => q.execute<{ organization_id: string }>(sql`select organization_id from route_any_connection('shopify', ${shop})`));
  if (rows.some((row) => row.organization_id !== ctx.organizationId)) return 0;
  return dropAllRaw(ctx.ports, 'shopify', shop);
}
