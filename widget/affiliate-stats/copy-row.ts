import { make } from '../ui/make.ts';
import type { Reader } from '../ui/reader.ts';
import type { Said } from '../ui/words.ts';
import { WORDS } from './words.ts';

const BACK_AFTER_MS = 2_000;

/** A value to take along. Where the page's policy forbids the clipboard, the text is selected for the person's own keys. */
export function copyRow(reader: Reader, label: Said, value: string): HTMLElement {
  const field = make('input', { readonly: '', value, 'aria-label': reader.say(label), dir: 'ltr', 'data-focus': label[0] });
  const button = make(
    'button',
    { type: 'button', 'data-focus': `copy ${label[0]}`, 'aria-label': `${reader.say(WORDS.copy)}: ${reader.say(label)}` },
    reader.say(WORDS.copy),
  );
  const told = make('span', { class: 'told', role: 'status' });
  button.addEventListener('click', () => void copy());
  field.addEventListener('focus', () => field.select());

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      field.focus();
      return;
    }
    const copied = reader.say(WORDS.copied);
    told.textContent = copied;
    button.textContent = copied;
    setTimeout(() => {
      told.textContent = '';
      button.textContent = reader.say(WORDS.copy);
    }, BACK_AFTER_MS);
  }

  return make('div', { class: 'copy' }, make('span', { class: 'quiet', 'aria-hidden': 'true' }, reader.say(label)), field, button, told);
}
