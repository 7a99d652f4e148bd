/** A column that holds sealed values. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The column that names the row inside its organization, as it is bound into the ciphertext. */
  row: string;
  /** Rows of one organization, behind its walls; false = rows of people and of nobody yet. */
  isTenant: boolean;
  /** The sealed value is the member `sealed` of a JSON object. */
  isInJson?: true;
}

/**
 * Every column that holds sealed values: what a rotation of keys goes through. The function sealed_versions() counts the same ones, and
 * a test finds any that is missing here.
 */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'connections', column: 'access_token', row: 'id', isTenant: true },
  { table: 'connections', column: 'refresh_token', row: 'id', isTenant: true },
  { table: 'pages', column: 'access_token', row: 'external_id', isTenant: true },
  { table: 'leads', column: 'contact', row: 'id', isTenant: true },
  { table: 'oauth_states', column: 'code_verifier', row: 'state_hash', isTenant: true },
  { table: 'webhook_endpoints', column: 'secret', row: 'id', isTenant: true },
  { table: 'webhook_endpoints', column: 'previous_secret', row: 'id', isTenant: true },
  { table: 'idempotency_keys', column: 'answer', row: 'key', isTenant: true },
  { table: 'mails', column: 'sealed', row: 'id', isTenant: true },
  { table: 'dead_letters', column: 'input', row: 'id', isTenant: true, isInJson: true },
  { table: 'users', column: 'totp_secret', row: 'id', isTenant: false },
  { table: 'one_time_tokens', column: 'payload', row: 'hash', isTenant: false },
  { table: 'sign_in_states', column: 'code_verifier', row: 'state_hash', isTenant: false },
];
