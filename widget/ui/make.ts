export type Child = Node | string | null;

/** An element with attributes and children; a null attribute or child is left out. Text is text: nothing is ever parsed as HTML. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | null> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A name from the outside, kept from turning the text around it to its own direction. */
export function name(text: string): HTMLElement {
  return make('bdi', {}, text);
}

/** A link into another window, or plain text when the address is not https: an address is data, and data may be wrong. */
export function outLink(address: string, text: string): HTMLElement {
  if (!address.startsWith('https://')) return make('span', {}, text);
  return make('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, text);
}
