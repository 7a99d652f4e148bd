/** What outlives a deletion, whole; commission that was paid out and invoices would stand here too, and the product makes neither yet. */
export const LEGAL_HOLDS = {
  organization: ['deletion_record'],
  person: ['deletion_record', 'account_number'],
} as const;
export const HOLD_KINDS = LEGAL_HOLDS.person;
export type HoldKind = (typeof HOLD_KINDS)[number];
