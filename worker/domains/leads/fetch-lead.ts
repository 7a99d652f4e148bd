import { and, eq, isNotNull } from 'drizzle-orm';
import { leads } from '#schema/index.ts';
import type { Context } from '../../kernel/context.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import type { LeadForms, LeadNotice } from '../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../platforms/platform-error.ts';
import { pageAccess, readSession, whileConnected, type ReadSession } from '../connections/index.ts';
import { storeLead } from './store-lead.ts';

/** Meta's lead forms; every platform that is asked for leads has them. */
export function leadForms(): LeadForms {
  const forms = adPlatform('meta').leadForms;
  if (!forms) throw new Error('This platform has no lead forms.');
  return forms;
}

/** Reads the lead a webhook named, with the page's token, and stores it. Known leads cost one look-up and no call. */
export async function fetchLead(ctx: Context, notice: LeadNotice): Promise<void> {
  const [known] = await ctx.read((q) =>
    q
      .select({ id: leads.id })
      .from(leads)
      .where(and(eq(leads.organizationId, ctx.organizationId), eq(leads.source, 'meta'), eq(leads.sourceLeadId, notice.sourceLeadId))),
  );
  if (known) return;
  const page = await pageAccess(ctx, notice.pageExternalId);
  if (!page) return ctx.log.warn('lead.page_gone');
  const session = readSession(ctx, page.accessToken);
  try {
    await whileConnected(ctx, page.connectionId, async () => {
      const lead = await leadForms().lead(session, notice.sourceLeadId);
      await storeLead(ctx, {
        connectionId: page.connectionId,
        lead,
        formName: await formName(ctx, session, lead.formExternalId),
        pageExternalId: notice.pageExternalId,
        backfilled: false,
      });
    });
  } catch (error) {
    if (!(error instanceof PlatformError && error.failure === 'missing')) throw error;
    ctx.log.warn('lead.missing'); // deleted at the platform before we came: there is nothing left to read
  }
}

/** The form's name as an earlier lead brought it, else asked for once. A refusal leaves it open: reconciliation brings it. */
async function formName(ctx: Context, session: ReadSession, formExternalId: string | null): Promise<string | null> {
  if (formExternalId === null) return null;
  const [known] = await ctx.read((q) =>
    q
      .select({ name: leads.formName })
      .from(leads)
      .where(and(eq(leads.organizationId, ctx.organizationId), eq(leads.formExternalId, formExternalId), isNotNull(leads.formName)))
      .limit(1),
  );
  if (known) return known.name;
  try {
    return await leadForms().formName(session, formExternalId);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return null;
  }
}
