/**
 * Who must agree to what a launch may spend, and how much may be on at once. Amounts are integer minor units and are only ever held against
 * amounts of the same currency: nothing is converted. Source: launching guide §11, "Approval" and "Budget guard".
 */
export interface SpendLimit {
  currency: string;
  /** A launch whose cap is above this needs a second person; null = none in this currency. */
  secondPersonAboveMinor: number | null;
  /** Most per day on one ad account, and on all accounts of this currency; null = no limit. */
  accountDailyMinor: number | null;
  organizationDailyMinor: number | null;
}

/** How long a request waits, and how long an approval may wait to be used: for the switch-on. */
export const APPROVAL_MS = 24 * 3_600_000;

/**
 * Whether a second person has to agree to a cap. An organization that named a threshold in any currency is asked for a second person in
 * every currency it named none for: an amount nobody set a measure for is not a small one.
 */
export function needsSecondPerson(limits: readonly SpendLimit[], currency: string, capMinor: number): boolean {
  const measures = limits.filter((limit) => limit.secondPersonAboveMinor !== null);
  const own = measures.find((limit) => limit.currency === currency);
  return own === undefined ? measures.length > 0 : capMinor > (own.secondPersonAboveMinor as number);
}

/** Who had a hand in a plan. */
export interface PlanAuthors {
  /** Null = a key whose maker is not known stored it. */
  plannerId: string | null;
  /** Whoever corrected rows since. */
  correctors: readonly string[];
  /** Who asked for the approval; null = nobody yet. */
  askedBy: string | null;
}

/**
 * Why this person is not the second one: `author` = the plan is theirs, wholly or in part; `nobody_known` = nobody stands behind the plan
 * who could be told apart from them, so somebody else has to ask first. Null = they are.
 */
export function secondPersonFault(authors: PlanAuthors, personId: string): 'author' | 'nobody_known' | null {
  if (authors.plannerId === personId || authors.correctors.includes(personId)) return 'author';
  if (authors.plannerId !== null) return null;
  if (authors.askedBy === null) return 'nobody_known';
  return authors.askedBy === personId ? 'author' : null;
}

/** Daily budgets that are on, or being switched on, of one launch. */
export interface LiveBudget {
  accountId: string;
  currency: string;
  dailyMinor: number;
}
export interface Breach {
  limit: 'account' | 'organization';
  limitMinor: number;
  /** What is on besides. */
  liveMinor: bigint;
}

/**
 * Limits that would be broken if this launch were on besides what is on already. Budgets in another currency count nowhere: a limit is
 * of one currency, and an account has one.
 */
export function breachesOf(wanted: LiveBudget, live: readonly LiveBudget[], limits: readonly SpendLimit[]): Breach[] {
  const limit = limits.find((one) => one.currency === wanted.currency);
  if (!limit) return [];
  const same = live.filter((one) => one.currency === wanted.currency);
  const sum = (rows: readonly LiveBudget[]) => rows.reduce((total, row) => total + BigInt(row.dailyMinor), 0n);
  const both = [
    { limit: 'account', limitMinor: limit.accountDailyMinor, liveMinor: sum(same.filter((one) => one.accountId === wanted.accountId)) },
    { limit: 'organization', limitMinor: limit.organizationDailyMinor, liveMinor: sum(same) },
  ] as const;
  return both.flatMap(({ limit: name, limitMinor, liveMinor }) =>
    limitMinor !== null && liveMinor + BigInt(wanted.dailyMinor) > BigInt(limitMinor) ? [{ limit: name, limitMinor, liveMinor }] : [],
  );
}
