/** What kind of data a table holds; retention and docs/privacy.md speak of these. */
export type DataClass = 'settings' | 'members' | 'contacts' | 'money' | 'ads' | 'machines' | 'audit' | 'access' | 'work';

interface Exported {
  table: string;
  dataClass: DataClass;
  /** Columns of the primary key: the order of rows in the copy. */
  key: readonly string[];
  /** Secrets, hashes of secrets and marks of other tables' secrets: never in a copy. */
  omit?: readonly string[];
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
  { table: 'memberships', dataClass: 'members', key: ['user_id'] },
  { table: 'clients', dataClass: 'settings', key: ['id'] },
  { table: 'invitations', dataClass: 'members', key: ['id'], omit: ['token_hash'], onImport: false },
  { table: 'support_grants', dataClass: 'audit', key: ['id'] },
  { table: 'support_visits', dataClass: 'audit', key: ['id'], onImport: false },
  // Access is not copied, so a connection comes back ended, with everything that hangs on it, and is connected again.
  {
    table: 'connections',
    dataClass: 'access',
    key: ['id'],
    omit: ['access_token', 'refresh_token', 'refresh_at'],
    onImport: { status: 'revoked' },
  },
  { table: 'ad_accounts', dataClass: 'ads', key: ['id'] },
  { table: 'client_accounts', dataClass: 'settings', key: ['account_id'] },
  { table: 'pages', dataClass: 'access', key: ['external_id'], omit: ['access_token'], onImport: false },
  { table: 'media', dataClass: 'ads', key: ['id'] },
  { table: 'account_media', dataClass: 'ads', key: ['account_id', 'sha256'] },
  { table: 'launches', dataClass: 'ads', key: ['id'] },
  { table: 'launch_items', dataClass: 'ads', key: ['id'] },
  { table: 'launch_attempts', dataClass: 'ads', key: ['item_id', 'n'] },
  { table: 'launch_events', dataClass: 'ads', key: ['id'] },
  { table: 'stray_objects', dataClass: 'ads', key: ['account_id', 'external_id'] },
  { table: 'ad_entities', dataClass: 'ads', key: ['account_id', 'external_id'] },
  { table: 'ad_days', dataClass: 'ads', key: ['account_id', 'ad_external_id', 'day'] },
  { table: 'people', dataClass: 'contacts', key: ['id'] },
  { table: 'leads', dataClass: 'contacts', key: ['id'], opened: ['contact'] },
  { table: 'touches', dataClass: 'contacts', key: ['id'] },
  { table: 'orders', dataClass: 'money', key: ['id'] },
  { table: 'refunds', dataClass: 'money', key: ['source', 'shop', 'source_refund_id'] },
  { table: 'credits', dataClass: 'money', key: ['id'] },
  { table: 'data_versions', dataClass: 'work', key: ['organization_id'] },
  { table: 'affiliate_programs', dataClass: 'money', key: ['id'] },
  { table: 'affiliate_program_rules', dataClass: 'money', key: ['program_id', 'version'] },
  { table: 'affiliates', dataClass: 'contacts', key: ['id'] },
  { table: 'affiliate_links', dataClass: 'money', key: ['id'] },
  // The visitor is known to us as a hash only, and it tells nobody else anything.
  { table: 'affiliate_clicks', dataClass: 'money', key: ['id'], omit: ['visitor_hash'], onImport: { visitor_hash: '' } },
  { table: 'affiliate_decisions', dataClass: 'money', key: ['order_id'] },
  { table: 'commission_postings', dataClass: 'money', key: ['id'] },
  { table: 'embed_keys', dataClass: 'machines', key: ['id'] },
  { table: 'api_keys', dataClass: 'machines', key: ['id'], omit: ['hash'], onImport: false },
  {
    table: 'webhook_endpoints',
    dataClass: 'machines',
    key: ['id'],
    omit: ['secret', 'previous_secret', 'previous_until'],
    onImport: false,
  },
  { table: 'webhook_events', dataClass: 'machines', key: ['id'] },
  { table: 'webhook_deliveries', dataClass: 'machines', key: ['id'], onImport: false },
  { table: 'webhook_attempts', dataClass: 'machines', key: ['delivery_id', 'n'], onImport: false },
  { table: 'audit_log', dataClass: 'audit', key: ['at', 'id'], omit: ['ip_hash'] },
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
