import { make } from './make.ts';
import { UNKNOWN, type Reader } from './reader.ts';
import type { Said } from './words.ts';

const AWAY: Said = ['No figures right now', 'Pas de chiffres pour le moment', 'لا توجد أرقام حاليًا'];

/** One calm dash where the figures would be: the page around it must not look broken because we are away. */
export function nothing(reader: Reader): HTMLElement {
  const text = reader.say(AWAY);
  return make(
    'div',
    { class: 'card', role: 'group', 'aria-label': text, title: text },
    make('p', { class: 'hint quiet', 'aria-hidden': 'true' }, UNKNOWN),
  );
}
