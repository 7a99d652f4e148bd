import type { Ids } from './ids.ts';

/** Every job whose message names something of an organization: what it would be told about A's. */
export const JOBS_WITH_IDS: Record<string, (ids: Ids) => Record<string, unknown>> = {
  'attribute-person': (ids) => ({ personId: ids.person }),
  'backfill-leads': (ids) => ({ connectionId: ids.connection }),
  'forget-bodies': (ids) => ({ shop: ids.shop }),
  'forget-shop': (ids) => ({ shop: ids.shop, connectionId: ids.connection }),
  'ingest-lead': (ids) => ({ pageExternalId: ids.page, sourceLeadId: ids.lead }),
  'list-account': (ids) => ({ accountId: ids.account }),
  'read-ad-accounts': (ids) => ({ connectionId: ids.connection }),
  'read-lead-pages': (ids) => ({ connectionId: ids.connection }),
  'read-orders': (ids) => ({ connectionId: ids.connection, since: '2026-01-01T00:00:00.000Z' }),
  'read-portal': (ids) => ({ connectionId: ids.connection }),
  'read-shop': (ids) => ({ connectionId: ids.connection }),
  'reconcile-leads': (ids) => ({ connectionId: ids.connection }),
  'reconcile-orders': (ids) => ({ connectionId: ids.connection }),
  'refresh-connection': (ids) => ({ connectionId: ids.connection }),
  'run-launch': (ids) => ({ launchId: ids.launch }),
  'deliver-webhooks': (ids) => ({ endpointId: ids.endpoint }),
  'make-copy': (ids) => ({ exportId: ids.dataExport }),
  'expire-copy': (ids) => ({ exportId: ids.dataExport }),
  'run-deletion': (ids) => ({ requestId: ids.deletion }),
  'send-digest': (ids) => ({ member: `${ids.user}/2026-11-23` }),
  'send-mail': (ids) => ({ mailId: ids.mail }),
  'sweep-launch': (ids) => ({ launchId: ids.launch }),
  'sync-ad-account': (ids) => ({ accountId: ids.account }),
  'extend-insights': (ids) => ({ accountId: ids.account }),
};

/** Jobs whose message names nothing of anybody's: they find their own work, or carry what a webhook or a click proved. */
export const JOBS_WITHOUT_IDS = [
  'attribute-all',
  'check-audit',
  'erase-platform-user',
  'ingest-webhook-meta',
  'ingest-webhook-shopify',
  'purge-expired',
  'reapply-erasures',
  'record-click',
  'rewrap-keys',
  'rewrap-organization',
  'seal-audit',
  'send-link',
  'sweep-clicks',
  'sweep-raw-webhooks',
];
