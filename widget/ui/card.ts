import { make, type Child } from './make.ts';
import type { Reader } from './reader.ts';
import type { Said } from './words.ts';

const AS_OF: Said = ['As of', 'Au', 'حتى'];

/** The card's outer frame: title, time of the figures, content. */
export function card(reader: Reader, title: Child, label: string, asOf: string | null, ...content: Child[]): HTMLElement {
  return make(
    'div',
    { class: 'card', role: 'group', 'aria-label': label, lang: reader.tag, dir: reader.direction },
    make(
      'div',
      { class: 'head' },
      make('span', { class: 'title' }, title),
      asOf === null
        ? null
        : make('span', { class: 'quiet' }, `${reader.say(AS_OF)} `, make('time', { datetime: asOf }, reader.instant(asOf))),
    ),
    ...content,
  );
}

export interface Tile {
  term: string;
  figure: string;
  note: string | null;
  estimate?: boolean;
}

/** A figure with its name above and what it rests on below. Whole on hover, however narrow the place; `why` tells why it is unknown. */
export function tile({ term, figure, note, estimate }: Tile, why: string | null = null): HTMLElement {
  return make(
    'div',
    { class: 'tile', title: why },
    make('dt', {}, term),
    make('dd', { class: 'figure', title: why === null ? figure : null }, figure),
    note === null ? null : make('dd', { class: estimate === true ? 'note estimate' : 'note', title: note }, note),
  );
}
