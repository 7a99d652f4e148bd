import { and, desc, eq, gt, inArray } from 'drizzle-orm';
import { dataExports } from '#schema/index.ts';
import type { DataExport } from '#shared/contracts/privacy.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { asPerson } from '../as-person.ts';
import { makeCopyRef } from '../jobs/refs.ts';
import { presentCopy } from './file-link.ts';

type Row = typeof dataExports.$inferSelect;
/** A copy that is being made keeps others from being asked for this long. */
const PATIENCE_MS = 3_600_000;
const SHOWN = 20;

/** Begins a copy of the organization; the mail says when it is there. */
export async function askOrganizationCopy(ctx: Context): Promise<DataExport> {
  return ask(ctx, 'organization', ctx.person().userId);
}

/** Begins a copy of what is held about a shop's customer, in the caller's transaction; the owners are told when it is there. */
export async function askCustomerCopy(ctx: Context, tx: Tx, { shop, people }: { shop: string; people: string[] }): Promise<void> {
  const id = ctx.newId('exp');
  await tx.sql
    .insert(dataExports)
    .values({ id, organizationId: ctx.organizationId, kind: 'customer', requestedBy: shop, state: 'queued', createdAt: ctx.now() });
  await tx.enqueue(makeCopyRef, { exportId: id, customer: { shop, people } });
}

/** Begins a copy of the person's own data, which is no organization's. */
export async function askOwnCopy(ctx: Context): Promise<DataExport> {
  return ask(asPerson(ctx), 'person', ctx.person().userId);
}

export const listOrganizationCopies = (ctx: Context): Promise<{ exports: DataExport[] }> =>
  list(ctx, and(eq(dataExports.organizationId, ctx.organizationId), inArray(dataExports.kind, ['organization', 'customer'])));
export function listOwnCopies(caller: Context): Promise<{ exports: DataExport[] }> {
  const ctx = asPerson(caller);
  return list(ctx, and(of(ctx, 'person'), eq(dataExports.requestedBy, ctx.person().userId)));
}

const of = (ctx: Context, kind: Row['kind']) => and(eq(dataExports.organizationId, ctx.organizationId), eq(dataExports.kind, kind));

async function ask(ctx: Context, kind: Row['kind'], userId: string): Promise<DataExport> {
  const row = await ctx.transaction(async (tx) => {
    const [busy] = await tx.sql
      .select({ id: dataExports.id })
      .from(dataExports)
      .where(
        and(
          of(ctx, kind),
          eq(dataExports.state, 'queued'),
          eq(dataExports.requestedBy, userId),
          gt(dataExports.createdAt, new Date(ctx.now().getTime() - PATIENCE_MS)),
        ),
      );
    if (busy) throw new AppError('conflict', 'A copy is being made already. A mail tells when it is ready.', { reason: 'copy_under_way' });
    const [made] = await tx.sql
      .insert(dataExports)
      .values({
        id: ctx.newId('exp'),
        organizationId: ctx.organizationId,
        kind,
        requestedBy: userId,
        state: 'queued',
        createdAt: ctx.now(),
      })
      .returning();
    if (!made) throw new Error('A row that was inserted is returned.');
    await tx.audit('privacy.export', made.id, { kind });
    await tx.enqueue(makeCopyRef, { exportId: made.id });
    return made;
  });
  return presentCopy(ctx.ports, row);
}

async function list(ctx: Context, which: ReturnType<typeof and>): Promise<{ exports: DataExport[] }> {
  const rows = await ctx.read((q) => q.select().from(dataExports).where(which).orderBy(desc(dataExports.createdAt)).limit(SHOWN));
  return { exports: await Promise.all(rows.map((row) => presentCopy(ctx.ports, row))) };
}
