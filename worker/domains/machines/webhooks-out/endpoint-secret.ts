import { Webhook } from 'standardwebhooks';
import { toBase64 } from '../../../kernel/bytes.ts';

/** Where an endpoint's secret is kept sealed. */
export const secretPlace = (organizationId: string, column: 'secret' | 'previous_secret', row: string) => ({
  organizationId,
  table: 'webhook_endpoints',
  column,
  row,
});

/** A signing secret in the form of Standard Webhooks: 32 random bytes. */
export const newSecret = (): string => `whsec_${toBase64(crypto.getRandomValues(new Uint8Array(32)))}`;

/** The header `webhook-signature`: one signature for each secret that is valid, the newest first. */
export const signatures = (secrets: string[], id: string, at: Date, body: string): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' ');
