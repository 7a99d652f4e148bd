import { sql } from 'drizzle-orm';
import { parseMended } from '#shared/rules/storable.ts';
import { fromUtf8 } from '../../../kernel/bytes.ts';
import { createContext, type Context } from '../../../kernel/context.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { defineIngest } from '../../webhooks/index.ts';
import { fetchLead, leadForms } from '../fetch-lead.ts';
import { ingestLead } from './ingest-lead.ts';

/** Leads of a page webhook: each is fetched at once for every organization that connected its page; one that fails gets a job of its own. */
export const ingestMetaWebhook = defineIngest('meta', async (ctx, { raw }) => {
  for (const notice of leadForms().notices(parse(raw))) {
    const owners = await ctx.ports.database
      .within({})
      .read((q) => q.execute<{ organization_id: string }>(sql`select distinct organization_id from route_page(${notice.pageExternalId})`));
    for (const { organization_id: organizationId } of owners.rows) {
      const own = createContext({ ...ctx.ports, log: ctx.log }, organizationId, ctx.actor);
      try {
        await fetchLead(own, notice);
      } catch (error) {
        await later(own, notice, error);
      }
    }
  }
  // A notice carries ids only, no answers.
  return 'keep';
});

/** The delivery's other leads must not wait for this one's trouble. */
async function later(ctx: Context, notice: { pageExternalId: string; sourceLeadId: string }, error: unknown): Promise<void> {
  ctx.log.error('lead.fetch_failed', error);
  await ctx.transaction((tx) =>
    tx.enqueue(ingestLead, { pageExternalId: notice.pageExternalId, sourceLeadId: notice.sourceLeadId }, { delaySeconds: 2 }),
  );
}

function parse(raw: Uint8Array): unknown {
  try {
    return parseMended(fromUtf8(raw));
  } catch {
    throw new PlatformError('refused', 'A signed delivery that is not JSON.', { platform: 'meta' });
  }
}
