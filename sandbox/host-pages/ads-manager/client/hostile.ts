/** Unfriendly page habits, on request (`?hostile=evict,attach,freeze,messages`): what an overlay must survive without harm. */
export function beHostile(habits: readonly string[], body: HTMLElement, isOwn: (node: Node) => boolean): void {
  if (habits.includes('evict')) {
    new MutationObserver((records) => {
      for (const record of records) for (const node of record.addedNodes) if (node instanceof Element && !isOwn(node)) node.remove();
    }).observe(body, { childList: true, subtree: true });
  }
  if (habits.includes('attach')) {
    const seen: ShadowRoot[] = [];
    const original = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function attachShadow(init) {
      const root = original.call(this, { ...init, mode: 'open' });
      seen.push(root);
      return root;
    };
    Object.assign(window, { __seenShadowRoots: seen });
  }
  if (habits.includes('freeze'))
    for (const proto of [Element.prototype, Node.prototype, Array.prototype, Object.prototype]) Object.freeze(proto);
  if (habits.includes('messages'))
    setInterval(() => window.postMessage({ type: 'api.call', contract: 'launches.activateLaunch', input: {} }, '*'), 200);
}
