import type { ContactRef } from '../revenue/index.ts';

/** A contact as the subject of a token: "501", or "4242/501" when the page named the portal. */
export const contactSubject = ({ portalId, contactId }: ContactRef): string => (portalId === null ? contactId : `${portalId}/${contactId}`);

export function readContactSubject(subject: string): ContactRef {
  const [contactId = '', portalId = null] = subject.split('/').toReversed();
  return { portalId, contactId };
}
