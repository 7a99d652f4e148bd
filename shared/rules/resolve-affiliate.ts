/**
 * Who earns the commission of an order: a pure decision over stored candidates. No clock, network or database, so a stored
 * decision can be replayed byte for byte. Source: affiliates guide §7.
 */

/** Rungs of the precedence list, strongest first by default; a program may reorder them. */
export const DEFAULT_PRECEDENCE = ['manual', 'coupon', 'cart-click', 'pixel-click', 'server-click', 'customer-bond'] as const;
export type Rung = (typeof DEFAULT_PRECEDENCE)[number];

export interface AffiliateRule {
  id: string;
  version: number;
  /** 1 to 365. */
  windowDays: number;
  clickWins: 'last' | 'first';
  precedence: readonly Rung[];
}

/** One carrier's claim, with the facts about it already looked up. */
export interface Candidate {
  id: string;
  rung: Rung;
  affiliateId: string;
  /** UTC milliseconds: click minted, coupon used (= order time), bond made, override entered. */
  mintedAt: number;
  /** End of a customer bond's term; null for the other rungs and for bonds without end. */
  validUntil: number | null;
  macOk: boolean;
  consent: boolean;
  selfReferral: boolean;
  afterCheckoutStarted: boolean;
  /** State histories read at mintedAt. */
  programOpen: boolean;
  affiliationApproved: boolean;
}

export type LoserReason =
  | 'OUTSIDE_WINDOW'
  | 'LOWER_RUNG'
  | 'LATER_TOUCH_WON'
  | 'EARLIER_TOUCH_WON'
  | 'SELF_REFERRAL'
  | 'AFTER_CHECKOUT_STARTED'
  | 'PROGRAM_CLOSED'
  | 'NOT_APPROVED'
  | 'BAD_MAC'
  | 'NO_CONSENT';

export interface AffiliateDecision {
  ruleId: string;
  ruleVersion: number;
  winner: { candidateId: string; affiliateId: string; rung: Rung } | null;
  /** Every other candidate and why, by candidate id. */
  losers: { candidateId: string; reason: LoserReason }[];
}

const DAY_MS = 86_400_000;

/** @param orderAt UTC milliseconds. The result does not depend on the order of `candidates`. */
export function resolveAffiliate(orderAt: number, candidates: readonly Candidate[], rule: AffiliateRule): AffiliateDecision {
  const faults = new Map(candidates.map((candidate) => [candidate.id, faultOf(candidate, orderAt, rule)]));
  const eligible = candidates.filter((candidate) => faults.get(candidate.id) === null);
  const rung = rule.precedence.find((step) => eligible.some((candidate) => candidate.rung === step));
  const [winner] = eligible.filter((candidate) => candidate.rung === rung).toSorted((a, b) => better(a, b, rule.clickWins));
  const losers = candidates
    .filter((candidate) => candidate.id !== winner?.id)
    .map((candidate) => ({ candidateId: candidate.id, reason: faults.get(candidate.id) ?? reasonBehind(candidate, winner, rule) }))
    .toSorted((a, b) => (a.candidateId < b.candidateId ? -1 : 1));
  return {
    ruleId: rule.id,
    ruleVersion: rule.version,
    winner: winner === undefined ? null : { candidateId: winner.id, affiliateId: winner.affiliateId, rung: winner.rung },
    losers,
  };
}

function faultOf(candidate: Candidate, orderAt: number, rule: AffiliateRule): LoserReason | null {
  if (candidate.rung === 'manual') return null; // a named person's word with a reason stands above the automatic checks
  if (!candidate.macOk) return 'BAD_MAC';
  if (!candidate.consent) return 'NO_CONSENT';
  if (candidate.selfReferral) return 'SELF_REFERRAL';
  if (candidate.afterCheckoutStarted) return 'AFTER_CHECKOUT_STARTED';
  if (!candidate.programOpen) return 'PROGRAM_CLOSED';
  if (!candidate.affiliationApproved) return 'NOT_APPROVED';
  const age = orderAt - candidate.mintedAt;
  const inside =
    candidate.rung === 'customer-bond' ? candidate.validUntil === null || orderAt <= candidate.validUntil : age <= rule.windowDays * DAY_MS;
  return age >= 0 && inside ? null : 'OUTSIDE_WINDOW';
}

function better(a: Candidate, b: Candidate, clickWins: 'last' | 'first'): number {
  const byTime = clickWins === 'last' ? b.mintedAt - a.mintedAt : a.mintedAt - b.mintedAt;
  return byTime || (a.id < b.id ? -1 : 1);
}

function reasonBehind(candidate: Candidate, winner: Candidate | undefined, rule: AffiliateRule): LoserReason {
  if (winner === undefined || candidate.rung !== winner.rung) return 'LOWER_RUNG';
  return rule.clickWins === 'last' ? 'LATER_TOUCH_WON' : 'EARLIER_TOUCH_WON';
}
