import { sameBytes, fromBase64, toBase64Url } from '../../../kernel/bytes.ts';
import type { SecretBox } from '../../../kernel/secret-box.ts';

export interface Ticket {
  mediaId: string;
  organizationId: string;
  expiresAt: number;
}

/** Good for one file until it expires; made with the organization's own key, so it opens nothing else. */
export async function ticketMac(box: SecretBox, ticket: Ticket): Promise<string> {
  return toBase64Url(await box.mac('media-upload', `${ticket.organizationId}|${ticket.mediaId}|${ticket.expiresAt}`));
}

export async function ticketHolds(box: SecretBox, ticket: Ticket, mac: string, now: number): Promise<boolean> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(mac)) return false;
  return ticket.expiresAt > now && sameBytes(fromBase64(mac), fromBase64(await ticketMac(box, ticket)));
}
