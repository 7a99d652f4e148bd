/** A plain element with a class, text or children. Text is always a text node: names from outside stay text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/**
 * A button that acts only for a person: the event must be trusted and, when it came from a pointer, our layer must be what is
 * under it, not something of the page laid over it. Out of the tab order until focus is inside its bar.
 */
export function button(className: string, label: string, act: () => void): HTMLButtonElement {
  const made = element('button', className, label);
  made.type = 'button';
  made.tabIndex = -1;
  made.addEventListener('click', (event) => {
    if (!event.isTrusted) return;
    const host = (made.getRootNode() as ShadowRoot).host;
    if (event.detail > 0 && document.elementFromPoint(event.clientX, event.clientY) !== host) return;
    act();
  });
  return made;
}

/** A sign with its words for those who hover or listen. */
export function iconButton(sign: string, words: string, act: () => void): HTMLButtonElement {
  const made = button('quiet icon', sign, act);
  nameIcon(made, sign, words);
  return made;
}

export function nameIcon(made: HTMLButtonElement, sign: string, words: string): void {
  made.textContent = sign;
  made.title = words;
  made.ariaLabel = words;
}
