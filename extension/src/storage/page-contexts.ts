import type { PageContext } from '../messaging/overlay-types.ts';
import type { Area } from './area.ts';

const key = (tabId: number): string => `page:${tabId}`;

/** What each tab's page is about. Kept outside memory: the background may be gone between a page's report and the panel's question. */
export function createPageContexts(area: Area) {
  return {
    async put(tabId: number, page: PageContext | null): Promise<void> {
      if (JSON.stringify(await area.get(key(tabId))) !== JSON.stringify(page)) await area.set({ [key(tabId)]: page });
    },
    async of(tabId: number): Promise<PageContext | null> {
      return (await area.get<PageContext | null>(key(tabId))) ?? null;
    },
    forget: (tabId: number): Promise<void> => area.remove([key(tabId)]),
    async tabs(): Promise<number[]> {
      return (await area.keys()).filter((name) => name.startsWith('page:')).map((name) => Number(name.slice(5)));
    },
  };
}
export type PageContexts = ReturnType<typeof createPageContexts>;
