import type { PageContext } from './overlay-types.ts';
import { request } from './request.ts';

export type { PageContext };

/** What the active tab beside the side panel is about, as its content script reported it; null on any other page. */
export async function currentPage(): Promise<PageContext | null> {
  const { id } = await chrome.windows.getCurrent();
  if (id === undefined) throw new Error('This page is not in a window.');
  return request('page.current', { windowId: id });
}

/** Calls back when the page beside the panel may have changed: another tab, another address. */
export function onPageChange(changed: () => void, signal: AbortSignal): void {
  const stored = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'session' && Object.keys(changes).some((key) => key.startsWith('page:'))) changed();
  };
  chrome.storage.onChanged.addListener(stored);
  chrome.tabs.onActivated.addListener(changed);
  signal.addEventListener(
    'abort',
    () => {
      chrome.storage.onChanged.removeListener(stored);
      chrome.tabs.onActivated.removeListener(changed);
    },
    { once: true },
  );
}
