import type { Place } from '../../kernel/secret-box.ts';

/** Where secrets are sealed to: a value copied to another row or organization does not open. */
export const tokenPlace = (organizationId: string, column: 'access_token' | 'refresh_token', connectionId: string): Place => ({
  organizationId,
  table: 'connections',
  column,
  row: connectionId,
});
export const pageTokenPlace = (organizationId: string, pageExternalId: string): Place => ({
  organizationId,
  table: 'pages',
  column: 'access_token',
  row: pageExternalId,
});
/** The code verifier of a connection under way. */
export const statePlace = (organizationId: string, stateHash: string): Place => ({
  organizationId,
  table: 'oauth_states',
  column: 'code_verifier',
  row: stateHash,
});
