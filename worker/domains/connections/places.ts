import type { Place } from '../../kernel/secret-box.ts';

/** Where tokens are sealed to: a value copied to another row or organization does not open. */
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
