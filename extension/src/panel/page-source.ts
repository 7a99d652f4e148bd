import type { PageContext } from '../messaging/overlay-types.ts';

/** What the panel knows of the world beside it. */
export interface PageSource {
  current(): Promise<PageContext | null>;
  onChange(changed: () => void, signal: AbortSignal): void;
  /** Opens a place of the full app, such as "/connections". */
  openApp(path: string): void;
}
