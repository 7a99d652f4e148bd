import { createHmac } from 'node:crypto';
import { CLIENT_SECRET } from './store.ts';

/** v3: base64 HMAC-SHA256 of method + full URI + raw body + timestamp (ms) with the client secret. */
export function signedHeaders(method: string, uri: string, body: string, timestamp: number): Record<string, string> {
  const signature = createHmac('sha256', CLIENT_SECRET).update(`${method}${uri}${body}${timestamp}`, 'utf8').digest('base64');
  return { 'X-HubSpot-Signature-v3': signature, 'X-HubSpot-Request-Timestamp': String(timestamp) };
}
