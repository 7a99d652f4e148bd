interface Exported {
  table: string;
  /** Columns of the primary key: the order of rows in the copy. */
  key: readonly string[];
  /** Secrets, hashes of secrets and marks of other tables' secrets: never in a copy. */
  omit?: readonly string[];
  /** Columns that name a file in storage: in a copy only the organization's own. */
  files?: readonly string[];
  /** Sealed columns of this table that the copy holds opened, as JSON. */
  opened?: readonly string[];
  /** Written over a row when it is imported; false = the table is in the copy for its reader and is not imported, because without what was left out its rows are worth nothing. */
  onImport?: Readonly<Record<string, unknown>> | false;
}

/**
 * Every table that belongs to an organization and is part of its copy, parents before children: the order of the import. A test fails
 * when a table with an organization is neither here nor in LEFT_OUT.
 */
export const EXPORTED: readonly Exported[] = [
  { table: 'memberships', key: ['user_id'] },
  { table: 'clients', key: ['id'], files: ['logo_key'] },
  { table: 'invitations', key: ['id'], omit: ['token_hash'], onImport: false },
  { table: 'support_grants', key: ['id'] },
  { table: 'support_visits', key: ['id'], onImport: false },
  // Access is not copied, so a connection comes back ended, with everything that hangs on it, and is connected again.
  {
    table: 'connections',

    key: ['id'],
    omit: ['access_token', 'refresh_token', 'refresh_at'],
    onImport: { status: 'revoked' },
  },
  { table: 'ad_accounts', key: ['id'] },
  { table: 'client_accounts', key: ['account_id'] },
  { table: 'pages', key: ['external_id'], omit: ['access_token'], onImport: false },
  { table: 'media', key: ['id'], files: ['storage_key'] },
  { table: 'account_media', key: ['account_id', 'sha256'] },
  { table: 'launches', key: ['id'] },
  { table: 'launch_items', key: ['id'] },
  { table: 'launch_attempts', key: ['item_id', 'n'] },
  { table: 'launch_events', key: ['id'] },
  { table: 'launch_approvals', key: ['id'] },
  { table: 'launch_corrections', key: ['id'] },
  { table: 'spend_limits', key: ['currency'] },
  { table: 'stray_objects', key: ['account_id', 'external_id'] },
  { table: 'launch_templates', key: ['id'] },
  { table: 'launch_template_versions', key: ['template_id', 'version'] },
  { table: 'ad_entities', key: ['account_id', 'external_id'] },
  { table: 'ad_days', key: ['account_id', 'ad_external_id', 'day'] },
  { table: 'people', key: ['id'] },
  { table: 'leads', key: ['id'], opened: ['contact'] },
  { table: 'touches', key: ['id'] },
  { table: 'orders', key: ['id'] },
  { table: 'refunds', key: ['source', 'shop', 'source_refund_id'] },
  { table: 'credits', key: ['id'] },
  { table: 'data_versions', key: ['organization_id'] },
  { table: 'affiliate_programs', key: ['id'] },
  { table: 'affiliate_program_rules', key: ['program_id', 'version'] },
  { table: 'affiliates', key: ['id'] },
  { table: 'affiliate_links', key: ['id'] },
  // The visitor is known to us as a hash only, and it tells nobody else anything.
  { table: 'affiliate_clicks', key: ['id'], omit: ['visitor_hash'], onImport: { visitor_hash: '' } },
  { table: 'affiliate_decisions', key: ['order_id'] },
  { table: 'commission_postings', key: ['id'] },
  { table: 'embed_keys', key: ['id'] },
  { table: 'api_keys', key: ['id'], omit: ['hash'], onImport: false },
  {
    table: 'webhook_endpoints',

    key: ['id'],
    omit: ['secret', 'previous_secret', 'previous_until'],
    onImport: false,
  },
  { table: 'webhook_events', key: ['id'] },
  { table: 'webhook_deliveries', key: ['id'], onImport: false },
  { table: 'webhook_attempts', key: ['delivery_id', 'n'], onImport: false },
  { table: 'audit_log', key: ['at', 'id'], omit: ['ip_hash'] },
];

/** Tables with an organization that no copy holds, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  person_keys: 'keyed hashes by which people are told apart: they mean nothing outside of the key they were made with',
  erasures: 'keyed hashes of who asked to be forgotten',
  sessions: "a person's own, in the copy of their account",
  authorization_codes: 'secrets that live for minutes',
  oauth_states: 'secrets that live for minutes',
  outbox: 'work that is under way',
  inbox: 'marks of what arrived, so that it takes effect once',
  dead_letters: 'work that failed',
  idempotency_keys: 'answers kept for a day against a second effect',
  mails: 'what we sent: address and content are forgotten once it is sent',
  digests: 'marks of what was sent',
  data_exports: 'the copies themselves',
  deletion_requests: 'wishes to be deleted, and their proof',
  audit_seals: 'hashes over the audit log, made anew over what is imported',
  audit_checks: 'what came of checking those hashes',
};

/** Of the organization itself: its data keys stay, they open nothing elsewhere. */
export const ORGANIZATION_OMITS = ['wrapped_data_key', 'key_version', 'deletion_due_at'] as const;
export const ORGANIZATION_FILES = ['logo_key'] as const;
