import { backfillLeads } from './backfill-leads.ts';
import { ingestLead } from './ingest-lead.ts';
import { ingestMetaWebhook } from './ingest-meta-webhook.ts';
import { readLeadPages } from './read-lead-pages.ts';
import { reconcileLeads } from './reconcile-leads.ts';

export const leadJobs = [ingestMetaWebhook, ingestLead, readLeadPages, backfillLeads, reconcileLeads] as const;
