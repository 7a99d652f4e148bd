import type { LeadCard } from '#shared/contracts/revenue.ts';
import { card, tile } from '../ui/card.ts';
import { make, name, outLink } from '../ui/make.ts';
import { UNKNOWN, type Reader } from '../ui/reader.ts';
import { fill } from '../ui/words.ts';
import { namesOf, pathOf, type Source } from './path-of.ts';
import { workings } from './workings.ts';
import { MATCHED_BY, NO_CARD, WORDS } from './words.ts';

/** What is known of one contact: where from, what it cost, what it returned, why we think so. */
export function leadRoasView(lead: LeadCard, reader: Reader): HTMLElement {
  const title = reader.say(WORDS.title);
  if (!lead.matched || lead.source === null) {
    const why = lead.reason ?? 'not_found';
    return card(reader, title, title, lead.asOf, make('p', { class: 'hint quiet' }, reader.say(NO_CARD[why])));
  }
  return card(reader, title, title, lead.asOf,
    path(lead.source),
    touches(lead.source, reader),
    make('dl', { class: 'tiles' }, costTile(lead, reader), returnTile(lead, reader), roasTile(lead, reader)),
    workings(lead, reader),
    make('p', { class: 'quiet foot' }, matchedBy(lead, reader)));
}

function path(source: Source): HTMLElement {
  const parts = namesOf(source).flatMap((part) => [make('span', { class: 'quiet' }, ' › '), name(part)]).slice(1);
  return make('p', { class: 'path', title: pathOf(source) }, ...parts);
}

function touches({ form, firstTouchAt, latestTouchAt, managerUrl }: Source, reader: Reader): HTMLElement {
  const first = reader.dayOf(firstTouchAt);
  const latest = reader.dayOf(latestTouchAt);
  return make('div', { class: 'facts quiet' },
    make('span', { class: 'line' }, ...fill(reader.say(WORDS.form), { form: name(form ?? UNKNOWN) })),
    make('span', { class: 'line' }, ...fill(reader.say(first === latest ? WORDS.touch : WORDS.touches), { first, latest })),
    outLink(managerUrl, reader.say(WORDS.openAd)));
}

function costTile({ cost }: LeadCard, reader: Reader): HTMLElement {
  const known = cost !== null && cost.allocatedMinor !== null;
  return tile(reader.say(WORDS.cost), known ? reader.money(cost.allocatedMinor, cost.currency) : UNKNOWN, reader.say(known ? WORDS.allocated : WORDS.noSpend));
}

function returnTile({ returns }: LeadCard, reader: Reader): HTMLElement {
  if (returns === null) return tile(reader.say(WORDS.returned), UNKNOWN, null);
  const note = make('span', {}, ...fill(reader.say(WORDS.orders), { orders: reader.count(returns.orders) }));
  // A refund of nothing says nothing.
  if (returns.refundedMinor !== 0) note.append(' · ', ...fill(reader.say(WORDS.refunded), { refunded: reader.money(returns.refundedMinor, returns.currency) }));
  return tile(reader.say(WORDS.returned), reader.money(returns.wonMinor, returns.currency), note);
}

function roasTile({ leadRoasMilli, cohort }: LeadCard, reader: Reader): HTMLElement {
  return tile(reader.say(WORDS.leadRoas), reader.roas(leadRoasMilli), make('span', {}, ...fill(reader.say(WORDS.cohort), { roas: cohortRoas(cohort, reader) })));
}

function cohortRoas(cohort: LeadCard['cohort'], reader: Reader): Node | string {
  if (cohort === null) return UNKNOWN;
  if (cohort.tooFew) return reader.say(WORDS.tooFew);
  if (cohort.roas === null) return UNKNOWN;
  const { point, low80, high80 } = cohort.roas;
  return make('span', { class: 'interval' }, ...fill(reader.say(WORDS.interval), { roas: reader.roas(point), low: reader.roas(low80), high: reader.roas(high80) }));
}

function matchedBy({ why, windowDays }: LeadCard, reader: Reader): string {
  const method = fill(reader.say(WORDS.method), { days: reader.days(windowDays) });
  if (why === null) return method.join('');
  const known = MATCHED_BY[why.matchedBy];
  const by = known === undefined ? why.matchedBy : reader.say(known);
  return [...fill(reader.say(WORDS.matched), { by, certainty: reader.say(why.exact ? WORDS.exact : WORDS.probable) }), ' · ', ...method].join('');
}
