import type { LeadCard } from '#shared/contracts/revenue.ts';
import { card, tile } from '../ui/card.ts';
import { make, name, outLink } from '../ui/make.ts';
import type { Reader } from '../ui/reader.ts';
import { formText, matchedText, namesOf, noCardText, tilesOf, touchText, type Source } from './lead-texts.ts';
import { sumsOf } from './sums-of.ts';
import { WORDS } from './words.ts';

/** What is known of one contact: where from, what it cost, what it returned, why we think so. */
export function leadRoasView(lead: LeadCard, reader: Reader): HTMLElement {
  const title = reader.say(WORDS.title);
  const { source } = lead;
  const noCard = noCardText(lead, reader);
  if (source === null || noCard !== null) return card(reader, title, title, lead.asOf, make('p', { class: 'hint quiet' }, noCard));
  return card(
    reader,
    title,
    title,
    lead.asOf,
    path(source, 'p', 'path'),
    make(
      'div',
      { class: 'facts quiet' },
      make('span', { class: 'form' }, formText(source, reader)),
      make('span', { class: 'touch' }, touchText(source, reader)),
      outLink(source.managerUrl, reader.say(WORDS.openAd)),
    ),
    make('dl', { class: 'tiles' }, ...tilesOf(lead, reader).map((texts) => tile(texts))),
    make(
      'details',
      {},
      make('summary', { 'data-focus': 'how' }, reader.say(WORDS.how)),
      // The line above cuts long names; here they are whole, for those who cannot hover.
      make('ul', {}, path(source, 'li', null), ...sumsOf(lead, reader).map((sum) => make('li', {}, sum))),
    ),
    make('p', { class: 'quiet foot' }, matchedText(lead, reader)),
  );
}

function path(source: Source, tag: 'p' | 'li', style: string | null): HTMLElement {
  const names = namesOf(source);
  const parts = names.flatMap((part) => [make('span', { class: 'quiet' }, ' › '), name(part)]).slice(1);
  return make(tag, { class: style, title: names.join(' › ') }, ...parts);
}
