import frameCss from './frame.css?inline';
import type { EmbedModule } from '../embed/embed-module.ts';
import { loadChunk } from './load-chunk.ts';
import { whenSeen } from './when-seen.ts';

const OBSERVED = ['data-key', 'data-contact', 'data-portal', 'data-api', 'data-locale', 'data-token-url', 'data-sign-in-url'];

/**
 * Registers one element. It waits until it is near the view, shows a skeleton of the card, fetches its chunk and hands over.
 * A second copy of the loader on the page changes nothing.
 */
export function defineEmbed(tag: string, chunk: string): void {
  if (customElements.get(tag) !== undefined) return;
  const frame = new CSSStyleSheet();
  frame.replaceSync(frameCss);

  customElements.define(
    tag,
    class extends HTMLElement {
      static readonly observedAttributes = OBSERVED;
      readonly #root = this.attachShadow({ mode: __OPEN_ROOT__ ? 'open' : 'closed' });
      #life: AbortController | null = null;
      #due = false;

      connectedCallback(): void {
        this.#restart();
      }
      disconnectedCallback(): void {
        this.#life?.abort();
      }
      attributeChangedCallback(_name: string, before: string | null, now: string | null): void {
        if (before !== now) this.#restart();
      }

      /** A framework sets its attributes one by one: they become one start. Figures of the former contact go at once. */
      #restart(): void {
        if (this.#due || !this.isConnected) return;
        this.#due = true;
        this.#life?.abort();
        this.#root.adoptedStyleSheets = [frame];
        this.#root.replaceChildren(skeleton());
        queueMicrotask(() => {
          this.#due = false;
          if (this.isConnected) void this.#start();
        });
      }

      async #start(): Promise<void> {
        const life = new AbortController();
        this.#life = life;
        await whenSeen(this, life.signal);
        const embed: EmbedModule | null = await loadChunk(chunk, life.signal, () => this.#root.replaceChildren());
        if (embed !== null && !life.signal.aborted) embed.mount({ host: this, root: this.#root, frame, signal: life.signal });
      }
    },
  );
}

function skeleton(): HTMLElement {
  const card = document.createElement('div');
  card.className = 'card bones';
  card.ariaBusy = 'true';
  for (let bone = 0; bone < 6; bone += 1) card.append(document.createElement('i'));
  return card;
}
