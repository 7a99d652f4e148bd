import type { z } from 'zod';
import type { keptByLaw } from '#shared/contracts/privacy.ts';

export const GRACE_MS = 7 * 86_400_000;
/** How long the proof of a deletion is kept. */
const PROOF_YEARS = 3;

/**
 * The whole list of what outlives a deletion, and why. Commission that was paid out and invoices would stand here too, for as long as the
 * books must be kept; the product makes neither yet, so none of it is kept.
 */
export function legalHolds(kind: 'organization' | 'person', dueAt: Date): z.infer<typeof keptByLaw> {
  const until = new Date(dueAt);
  until.setUTCFullYear(until.getUTCFullYear() + PROOF_YEARS);
  return [
    {
      what: 'The record that this deletion was asked for and carried out: its number, who asked, when, and how many rows went.',
      why: 'Proof towards a data protection authority (GDPR article 5 (2)).',
      until: until.toISOString(),
    },
    ...(kind === 'person'
      ? [
          {
            what: 'The number of the account, without name, address or anything else, where it stands in audit logs of organizations.',
            why: 'Each organization must be able to show who did what in it (GDPR article 17 (3) e).',
            until: null,
          },
        ]
      : []),
  ];
}
