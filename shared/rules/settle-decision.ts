/** What to do with an item whose create call had no clear answer. Source: launching guide §8.3, steps 4 and 5. */

export interface SettleTimes {
  /** Settle window W: no search counts and no second create starts inside it. */
  windowMs: number;
  /** Smallest distance between the two searches. */
  betweenSearchesMs: number;
  /** Searches that keep failing this long after the send hand the item to a person. */
  holdAfterMs: number;
}

/** One object carrying our token. */
export interface FoundObject {
  externalId: string;
  /** UTC milliseconds by the platform's clock. */
  createdAt: number;
}

export interface SettleFacts {
  now: number;
  sentAt: number;
  settleUntil: number;
  /** When an earlier search after settleUntil found nothing; null = none yet. */
  emptySearchAt: number | null;
  /** Result of the search just made; null = it failed or was not made. */
  found: readonly FoundObject[] | null;
}

export type SettleDecision =
  | { do: 'wait'; until: number }
  | { do: 'search' }
  | { do: 'search-again'; at: number }
  | { do: 'adopt'; externalId: string; /** Extra objects to pause and archive; an incident when not empty. */ extra: string[] }
  | { do: 'not-created' }
  | { do: 'hold' };

/** Pure: the same facts give the same decision, whoever asks. An object found early is adopted early; absence counts only twice and late. */
export function decideSettle(facts: SettleFacts, times: SettleTimes): SettleDecision {
  const [oldest, ...extra] = (facts.found ?? []).toSorted((a, b) => a.createdAt - b.createdAt || compareIds(a.externalId, b.externalId));
  if (oldest !== undefined) return { do: 'adopt', externalId: oldest.externalId, extra: extra.map((object) => object.externalId) };
  if (facts.now < facts.settleUntil) return { do: 'wait', until: facts.settleUntil };
  if (facts.found === null) return facts.now - facts.sentAt >= times.holdAfterMs ? { do: 'hold' } : { do: 'search' };
  if (facts.emptySearchAt === null || facts.emptySearchAt < facts.settleUntil)
    return { do: 'search-again', at: facts.now + times.betweenSearchesMs };
  if (facts.now - facts.emptySearchAt < times.betweenSearchesMs)
    return { do: 'search-again', at: facts.emptySearchAt + times.betweenSearchesMs };
  return { do: 'not-created' };
}

/** Platform ids are digit strings that grow: shorter is smaller, then by digits. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
