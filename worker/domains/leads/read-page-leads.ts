import { and, eq, inArray } from 'drizzle-orm';
import { connections, leads, pages } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { pageAccess, readSession, whileConnected } from '../connections/index.ts';
import { leadForms } from './fetch-lead.ts';
import { storeLead } from './store-lead.ts';

/** A Worker's one run may make so many calls; what is left is found missing again by the next run. */
const MOST_PER_RUN = 400;
const AT_ONCE = 3;

export interface PageLeads {
  /** How many leads were missing and are stored now. */
  gap: number;
  /** False = there are more, and the next run finds them. */
  isWhole: boolean;
}
type Asked = { connectionId?: string; since: Date; backfilled: boolean };

/** Reads the leads of every page (of one connection, or of all) since an instant and stores what is missing. */
export async function readPageLeads(ctx: Context, input: Asked): Promise<PageLeads> {
  const rows = await ctx.read((q) =>
    q
      .select({ externalId: pages.externalId })
      .from(pages)
      .innerJoin(connections, eq(connections.id, pages.connectionId))
      .where(
        and(
          eq(pages.organizationId, ctx.organizationId),
          // Pages of other platforms have no leads here, and their tokens are nobody else's business.
          eq(connections.provider, 'meta'),
          inArray(connections.status, ['active', 'expiring']),
          ...(input.connectionId === undefined ? [] : [eq(pages.connectionId, input.connectionId)]),
        ),
      ),
  );
  let gap = 0;
  for (const { externalId } of rows) {
    const access = await pageAccess(ctx, externalId);
    if (!access) continue;
    const read = await whileConnected(ctx, access.connectionId, () => readPage(ctx, { externalId, ...access }, input, MOST_PER_RUN - gap));
    gap += read.gap;
    if (!read.isWhole) return { gap, isWhole: false };
  }
  return { gap, isWhole: true };
}

async function readPage(
  ctx: Context,
  page: { externalId: string; connectionId: string; accessToken: string },
  { since, backfilled }: Asked,
  most: number,
): Promise<PageLeads> {
  let gap = 0;
  for await (const { formName, leads: found } of leadForms().since(readSession(ctx, page.accessToken), page, since)) {
    const known = await knownIds(
      ctx,
      found.map((lead) => lead.sourceLeadId),
    );
    const missing = found.filter((lead) => !known.has(lead.sourceLeadId));
    const now = missing.splice(0, most - gap);
    const place = { connectionId: page.connectionId, formName, pageExternalId: page.externalId, backfilled };
    // A few at a time: each waits mostly for Postgres, and a Worker has six connections.
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let lead = now.shift(); lead; lead = now.shift()) if (await storeLead(ctx, { ...place, lead })) gap += 1;
      }),
    );
    if (missing.length > 0) return { gap, isWhole: false };
  }
  return { gap, isWhole: true };
}

async function knownIds(ctx: Context, ids: string[]): Promise<Set<string>> {
  const rows = await ctx.read((q) =>
    q
      .select({ id: leads.sourceLeadId })
      .from(leads)
      .where(and(eq(leads.organizationId, ctx.organizationId), eq(leads.source, 'meta'), inArray(leads.sourceLeadId, ids))),
  );
  return new Set(rows.map((row) => row.id));
}
