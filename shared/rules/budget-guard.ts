/** What the spend gate knows of one launch. Amounts are minor units of the account's currency. */
export interface GateFacts {
  /** Rows that are not verified, or differ from the plan without anybody having accepted it. */
  unreadyRows: number;
  /** Daily budgets of everything that would be on. */
  dailyMinor: bigint;
  /** What was approved. */
  capMinor: number;
  /** The approval was given for the plan as it is now. */
  isPlanApproved: boolean;
}

/** Why nothing may be switched on; null = it may. Source: launching guide §8.3, step 7, and §11, "Budget guard". */
export function gateFault(facts: GateFacts): 'plan_not_approved' | 'rows_not_verified' | 'above_the_cap' | null {
  if (!facts.isPlanApproved) return 'plan_not_approved';
  if (facts.unreadyRows > 0) return 'rows_not_verified';
  return facts.dailyMinor > BigInt(facts.capMinor) ? 'above_the_cap' : null;
}

/** One difference between what was planned and what was found, in the words a receipt shows. */
export interface Difference {
  field: string;
  planned: string;
  found: string;
}

/**
 * Why a difference can never be accepted: `gone` = there is nothing to accept, `status` = what is on by itself is not ours to switch,
 * `budget` = it may spend more than was approved for it, or cannot be read as an amount at all. Null = a person may accept it.
 * A budget is held against the one planned for the same object, so what is accepted keeps the sum within the approved cap.
 */
export function whyNotAcceptable({ field, planned, found }: Difference): 'gone' | 'status' | 'budget' | null {
  if (field === 'object' || field === 'processing') return 'gone';
  if (/status$/i.test(field)) return 'status';
  if (!/budget/i.test(field)) return null;
  const [wanted, built] = [amountOf(planned), amountOf(found)];
  // Nothing and 0 stand for "no limit" on some platforms.
  if (wanted === null || built === null || built.unit !== wanted.unit || built.value <= 0n) return 'budget';
  return built.value > wanted.value ? 'budget' : null;
}

const DECIMALS = 9;

/** "50.00 EUR", "50" and "50000000": the number to nine decimals, and what stands behind it. Null = no plain number. */
function amountOf(text: string): { value: bigint; unit: string } | null {
  const [, whole, fraction = '', unit = ''] = /^(\d{1,20})(?:\.(\d{1,9}))?(?: ([A-Z]{3}))?$/.exec(text.trim()) ?? [];
  return whole === undefined ? null : { value: BigInt(whole + fraction.padEnd(DECIMALS, '0')), unit };
}
