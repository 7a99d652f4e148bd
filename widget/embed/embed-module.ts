/** What the loader gives to an element's own code, once the element is in view. */
export interface Mount {
  host: HTMLElement;
  root: ShadowRoot;
  /** The card's frame and colours, already adopted by the root. */
  frame: CSSStyleSheet;
  /** Aborted when the element leaves the page or one of its attributes changes. */
  signal: AbortSignal;
}

export interface EmbedModule {
  mount(mount: Mount): void;
}
