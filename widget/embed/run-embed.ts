import type { Mount } from './embed-module.ts';
import { keepFresh } from './keep-fresh.ts';
import { loadSummary } from './load-summary.ts';
import { pagePause } from './page-pause.ts';
import { keyOfPage, type ProofKey } from './proof-key.ts';
import { createTokenSource, type Minted, type SignIn, type TokenSource } from './token-source.ts';
import { nothing } from '../ui/nothing.ts';
import { paint } from '../ui/paint.ts';
import { readerOf, type Reader } from '../ui/reader.ts';

export interface Embed<T> {
  path: string;
  sheet: CSSStyleSheet;
  mint(call: { host: HTMLElement; api: string; jkt: string; signal: AbortSignal }): Promise<Minted | SignIn>;
  view(answer: T | SignIn, reader: Reader, host: HTMLElement): HTMLElement;
}

/** The life of one element, from its chunk's arrival until it leaves the page. */
export function runEmbed<T>({ path, sheet, mint, view }: Embed<T>, { host, root, frame, signal }: Mount): void {
  root.adoptedStyleSheets = [frame, sheet];
  const reader = readerOf(host);
  let ready: { key: ProofKey; tokens: TokenSource; url: string } | null = null;

  const prepare = async () => {
    const key = await keyOfPage();
    const api = new URL(host.dataset['api'] ?? __API_ORIGIN__).origin;
    const tokens = createTokenSource(() => mint({ host, api, jkt: key.jkt, signal }), Date.now);
    return { key, tokens, url: api + path };
  };

  void keepFresh<T | SignIn>({
    async load() {
      ready ??= await prepare();
      return loadSummary<T>(ready.url, ready.key, ready.tokens, signal);
    },
    show: (answer) => paint(root, view(answer, reader, host)),
    showNothing: () => paint(root, nothing(reader)),
    pause: pagePause(signal),
    random: Math.random,
    signal,
  });
}
