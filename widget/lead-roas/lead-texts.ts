import type { LeadCard } from '#shared/contracts/revenue.ts';
import type { Tile } from '../ui/card.ts';
import { UNKNOWN, type Reader } from '../ui/reader.ts';
import { MATCHED_BY, NO_CARD, WORDS } from './words.ts';

/**
 * What is said of one contact, in words and numbers only: the element draws it with DOM, the HubSpot card with HubSpot's components.
 */
export type Source = NonNullable<LeadCard['source']>;

/** Why there is no card; null when there is one. */
export function noCardText({ matched, source, reason }: LeadCard, reader: Reader): string | null {
  return matched && source !== null ? null : reader.say(NO_CARD[reason ?? 'not_found']);
}

export function namesOf({ campaign, adSet, ad }: Source): string[] {
  return [campaign, adSet, ad].map((name) => name ?? UNKNOWN);
}

export function formText({ form }: Source, reader: Reader): string {
  return reader.say(WORDS.form, { form: form ?? UNKNOWN });
}

export function touchText({ firstTouchAt, latestTouchAt }: Source, reader: Reader): string {
  const first = reader.dayOf(firstTouchAt);
  const latest = reader.dayOf(latestTouchAt);
  return first === latest ? reader.say(WORDS.touch, { first }) : reader.say(WORDS.touches, { first, latest });
}

export function tilesOf(lead: LeadCard, reader: Reader): Tile[] {
  return [costTile(lead, reader), returnTile(lead, reader), roasTile(lead, reader)];
}

function costTile({ cost }: LeadCard, reader: Reader): Tile {
  const term = reader.say(WORDS.cost);
  if (cost === null || cost.allocatedMinor === null) return { term, figure: UNKNOWN, note: reader.say(WORDS.noSpend) };
  return { term, figure: reader.money(cost.allocatedMinor, cost.currency), note: reader.say(WORDS.allocated) };
}

function returnTile({ returns }: LeadCard, reader: Reader): Tile {
  const term = reader.say(WORDS.returned);
  if (returns === null) return { term, figure: UNKNOWN, note: null };
  const { wonMinor, refundedMinor, orders, currency } = returns;
  const notes = [reader.say(WORDS.orders, { orders: reader.count(orders) })];
  // A refund of nothing says nothing.
  if (refundedMinor !== 0) notes.push(reader.say(WORDS.refunded, { refunded: reader.money(refundedMinor, currency) }));
  return { term, figure: reader.money(wonMinor, currency), note: notes.join(' · ') };
}

function roasTile({ leadRoasMilli, cohort }: LeadCard, reader: Reader): Tile {
  const note = reader.say(WORDS.cohort, { roas: cohortRoas(cohort, reader) });
  return { term: reader.say(WORDS.leadRoas), figure: reader.roas(leadRoasMilli), note, estimate: true };
}

function cohortRoas(cohort: LeadCard['cohort'], reader: Reader): string {
  if (cohort === null) return UNKNOWN;
  if (cohort.tooFew) return reader.say(WORDS.tooFew);
  if (cohort.roas === null) return UNKNOWN;
  const { point, low80, high80 } = cohort.roas;
  return reader.say(WORDS.interval, { roas: reader.roas(point), low: reader.roas(low80), high: reader.roas(high80) });
}

export function matchedText({ why, windowDays }: LeadCard, reader: Reader): string {
  const method = reader.say(WORDS.method, { days: reader.days(windowDays) });
  if (why === null) return method;
  const known = MATCHED_BY[why.matchedBy];
  const by = known === undefined ? why.matchedBy : reader.say(known);
  return `${reader.say(WORDS.matched, { by, certainty: reader.say(why.exact ? WORDS.exact : WORDS.probable) })} · ${method}`;
}
