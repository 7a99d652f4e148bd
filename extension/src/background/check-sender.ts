/** Addresses at which our content script may stand; the same list as the manifest's, path-limited where the host is shared. */
const OVERLAY_PAGES = [
  /^https:\/\/adsmanager\.facebook\.com\//,
  /^https:\/\/business\.facebook\.com\/adsmanager\//,
  /^https:\/\/www\.facebook\.com\/adsmanager\//,
  /^https:\/\/app\.hubspot\.com\/contacts\//,
];

export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** Who asks: a page of ours, our content script in the top frame of a known page, or nobody we answer. */
export function whoAsks(sender: Sender, self: { id: string; origin: string }): 'page' | 'content' | null {
  if (sender.id !== self.id || sender.url === undefined) return null;
  if (sender.frameId !== undefined && sender.frameId !== 0) return null;
  if (sender.url.startsWith(`${self.origin}/`)) return 'page';
  if (sender.tab?.id === undefined) return null;
  return OVERLAY_PAGES.some((page) => page.test(sender.url as string)) ? 'content' : null;
}
