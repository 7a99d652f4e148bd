import type { Outside } from '../http/send.ts';

export interface CrmContact {
  id: string;
  email: string | null;
  phone: string | null;
  country: string | null;
  name: string | null;
  /** Ids of contacts merged into this one. */
  mergedIds: string[];
}
export interface CrmSession {
  outside: Outside;
  accessToken: string;
  timeoutMs: number;
}

/** One CRM. All calls throw PlatformError; a contact that does not exist throws `missing`. */
export interface CrmPlatform {
  id: 'hubspot';
  contact(session: CrmSession, contactId: string): Promise<CrmContact>;
  /** Is this request the CRM's own? Signature over method, public address, raw body and timestamp, at most five minutes old. */
  verifyRequest(
    secret: string,
    request: { method: string; url: string; raw: string; signature: string | null; timestamp: string | null; now: Date },
  ): Promise<boolean>;
}
