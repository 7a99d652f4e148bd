import { sql } from 'drizzle-orm';
import type { BodyOf, ResponseOf } from '#shared/contracts/define-contract.ts';
import type { mintEmbedToken as contract } from '#shared/contracts/embeds.ts';
import type { Ports } from '../../kernel/context.ts';
import type { EmbedClaims } from '../../kernel/embed-token.ts';
import { AppError } from '../../kernel/errors.ts';
import { contactSubject } from './contact-subject.ts';
import { issueToken } from './issue-token.ts';

interface KeyRow extends Record<string, unknown> {
  organization_id: string;
  kind: EmbedClaims['kind'];
  origin: string;
}

/** A token for a registered page that asks about a contact. The browser's Origin header must be the key's origin; unknown and foreign keys get one answer. */
export async function mintEmbedToken(
  ports: Ports,
  origin: string | null,
  { key, jkt, subject, portal }: BodyOf<typeof contract>,
): Promise<ResponseOf<typeof contract>> {
  const {
    rows: [row],
  } = await ports.database
    .within({})
    .read((q) => q.execute<KeyRow>(sql`select organization_id, kind, origin from route_embed_key(${key})`));
  if (!row || row.origin !== origin)
    throw new AppError('not_allowed', 'This key is not known, or it belongs to another page. Create one for this page under Widgets.');
  // Who looks at a creator's figures is proven by the shop, not claimed by its page.
  if (row.kind !== 'lead-roas') throw new AppError('not_allowed', "Figures of a creator are shown through the shop's own proxy.");
  if (subject === undefined || !/^\d{1,20}$/.test(subject))
    throw new AppError('invalid_input', 'Say which contact the card is about.', {
      fields: [{ path: 'subject', message: "Give the contact's id, digits only." }],
    });
  return issueToken(ports, {
    organizationId: row.organization_id,
    keyId: key,
    kind: row.kind,
    origin: row.origin,
    subject: contactSubject({ portalId: portal ?? null, contactId: subject }),
    jkt,
  });
}
