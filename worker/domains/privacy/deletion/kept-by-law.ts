import type { z } from 'zod';
import type { keptByLaw } from '#shared/contracts/privacy.ts';
import { LEGAL_HOLDS, type HoldKind } from '#shared/rules/legal-holds.ts';

export const GRACE_MS = 7 * 86_400_000;
/** How long the proof of a deletion is kept. */
const PROOF_YEARS = 3;

const WORDS: Record<HoldKind, { what: string; why: string }> = {
  deletion_record: {
    what: 'The record that this deletion was asked for and carried out: its number, who asked, when, and how many rows went.',
    why: 'Proof towards a data protection authority (GDPR article 5 (2)).',
  },
  account_number: {
    what: 'The number of the account, without name, address or anything else, where it stands in audit logs of organizations.',
    why: 'Each organization must be able to show who did what in it (GDPR article 17 (3) e).',
  },
};

/** The list of what outlives a deletion, why, and until when; null = for as long as the organization is there. */
export function legalHolds(kind: 'organization' | 'person', dueAt: Date): z.infer<typeof keptByLaw> {
  const until = new Date(dueAt);
  until.setUTCFullYear(until.getUTCFullYear() + PROOF_YEARS);
  return LEGAL_HOLDS[kind].map((hold) => ({ kind: hold, ...WORDS[hold], until: hold === 'deletion_record' ? until.toISOString() : null }));
}
