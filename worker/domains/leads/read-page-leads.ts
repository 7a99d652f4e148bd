import { and, eq, inArray } from 'drizzle-orm';
import { connections, leads, pages } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { markConnectionExpired, pageAccess, readSession } from '../connections/index.ts';
import { leadForms } from './fetch-lead.ts';
import { storeLead } from './store-lead.ts';

/** A Worker's one run may make so many calls; what is left is found missing again by the next run. */
const MOST_PER_RUN = 400;
const AT_ONCE = 3;

/**
 * Reads the leads of every page (of one connection, or of all) since an instant and stores what is missing. Returns the gap, how many
 * were, and whether that was all of them.
 */
export async function readPageLeads(
  ctx: Context,
  input: { connectionId?: string; since: Date; backfilled: boolean },
): Promise<{ gap: number; isWhole: boolean }> {
  const rows = await ctx.read((q) =>
    q
      .select({ externalId: pages.externalId })
      .from(pages)
      .innerJoin(connections, eq(connections.id, pages.connectionId))
      .where(
        and(
          eq(pages.organizationId, ctx.organizationId),
          inArray(connections.status, ['active', 'expiring']),
          ...(input.connectionId === undefined ? [] : [eq(pages.connectionId, input.connectionId)]),
        ),
      ),
  );
  let gap = 0;
  for (const { externalId } of rows) {
    const access = await pageAccess(ctx, externalId);
    if (!access) continue;
    const session = readSession(ctx, access.accessToken);
    try {
      for await (const { formName, leads: found } of leadForms().since(
        session,
        { externalId, accessToken: access.accessToken },
        input.since,
      )) {
        const known = await knownIds(
          ctx,
          found.map((lead) => lead.sourceLeadId),
        );
        const missing = found.filter((lead) => !known.has(lead.sourceLeadId));
        const now = missing.splice(0, MOST_PER_RUN - gap);
        // A few at a time: each waits mostly for Postgres, and a Worker has six connections.
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () => {
            for (let lead = now.shift(); lead; lead = now.shift()) {
              if (
                await storeLead(ctx, {
                  connectionId: access.connectionId,
                  lead,
                  formName,
                  pageExternalId: externalId,
                  backfilled: input.backfilled,
                })
              )
                gap += 1;
            }
          }),
        );
        if (missing.length > 0) return { gap, isWhole: false };
      }
    } catch (error) {
      if (error instanceof PlatformError && error.failure === 'auth') await markConnectionExpired(ctx, access.connectionId, error);
      throw error;
    }
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
