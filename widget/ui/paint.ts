/** Puts a new card in place of the old one. What a person has opened stays open, and the focus stays where it was. */
export function paint(root: ShadowRoot, card: HTMLElement): void {
  const opened = root.querySelector('details')?.open === true;
  const focused = focusKey(root.activeElement);
  const details = card.querySelector('details');
  if (details !== null) details.open = opened;
  root.replaceChildren(card);
  if (focused !== null) card.querySelector<HTMLElement>(`[data-focus="${focused}"]`)?.focus({ preventScroll: true });
}

function focusKey(element: Element | null): string | null {
  return element === null ? null : element.getAttribute('data-focus');
}
