import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { LeadForms, LeadNotice, PlatformLead } from '../ad-platform.ts';
import { graph } from './client.ts';
import { readGraph, readPages } from './read.ts';

/** Pages of 15,000 leads are refused and large ones time out. */
const PAGE = 100;
const FIELDS = 'id,created_time,ad_id,adset_id,campaign_id,form_id,is_organic,field_data';

interface LeadRow {
  id: string;
  created_time: string;
  ad_id?: string;
  adset_id?: string;
  campaign_id?: string;
  form_id?: string;
  is_organic?: boolean;
  field_data?: { name: string; values: string[] }[];
}

export const metaLeadForms: LeadForms = {
  notices(body) {
    const { object, entry } = (body ?? {}) as { object?: unknown; entry?: unknown };
    if (object !== 'page' || !Array.isArray(entry))
      throw new PlatformError('refused', 'The delivery is not about a page.', { platform: 'meta' });
    return entry.flatMap((page: { changes?: { field?: string; value?: Record<string, unknown> }[] } | null) =>
      (page?.changes ?? []).flatMap(({ field, value }): LeadNotice[] => {
        if (field !== 'leadgen' || !value) return [];
        const { leadgen_id: lead, page_id: page, form_id: form } = value;
        if (!isId(lead) || !isId(page)) throw new PlatformError('refused', 'A lead without its id or page.', { platform: 'meta' });
        return [{ sourceLeadId: String(lead), pageExternalId: String(page), formExternalId: isId(form) ? String(form) : null }];
      }),
    );
  },
  async formName(session, formExternalId) {
    const form = await readGraph(session, formExternalId, { fields: 'id,name' });
    return String(form['name']);
  },
  async subscribe(session, page) {
    // Subscribing is a set: once more changes nothing.
    await readAgain(() =>
      graph({ ...session, accessToken: page.accessToken }, 'POST', `${page.externalId}/subscribed_apps`, { subscribed_fields: 'leadgen' }),
    );
  },
  async lead(session, leadId) {
    return toLead(await readGraph<LeadRow>(session, leadId, { fields: FIELDS }), null);
  },
  async *since(session, page, since) {
    const own = { ...session, accessToken: page.accessToken };
    for await (const forms of readPages<{ id: string; name: string }>(own, `${page.externalId}/leadgen_forms`, {
      fields: 'id,name',
      limit: PAGE,
    })) {
      for (const { id, name } of forms) {
        const filtering = [{ field: 'time_created', operator: 'GREATER_THAN', value: Math.floor(since.getTime() / 1000) - 1 }];
        for await (const rows of readPages<LeadRow>(own, `${id}/leads`, { fields: FIELDS, filtering, limit: PAGE })) {
          const leads = rows.map((row) => toLead(row, id)).filter((lead) => lead.createdAt >= since);
          if (leads.length > 0) yield { formName: name, leads };
        }
      }
    }
  },
};

/** Answers by question key; several values of one question are joined. A test lead announces itself in its dummy answers. */
function toLead(row: LeadRow, formId: string | null): PlatformLead {
  const fields = Object.fromEntries((row.field_data ?? []).map(({ name, values }) => [name, values.join(', ')]));
  return {
    sourceLeadId: row.id,
    createdAt: new Date(row.created_time),
    formExternalId: row.form_id ?? formId,
    adExternalId: row.ad_id ?? null,
    adSetExternalId: row.adset_id ?? null,
    campaignExternalId: row.campaign_id ?? null,
    isOrganic: row.is_organic ?? row.ad_id === undefined,
    isTest: Object.values(fields).some((value) => value.startsWith('<test lead:')),
    fields,
  };
}

/** Ids are digits; Graph sends them as strings or, in webhooks, now and then as numbers. */
const isId = (value: unknown): value is string | number =>
  /^\d{1,25}$/.test(String(value)) && (typeof value === 'string' || Number.isSafeInteger(value));
