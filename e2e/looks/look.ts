import type { Page } from 'playwright-core';
import type { Looker } from './fake-person.ts';

/** One picture of one screen. */
export interface Look {
  name: string;
  path: string;
  width: number;
  dark?: boolean;
  locale?: 'en' | 'fr' | 'ar';
  empty?: boolean;
  signedOut?: boolean;
  looker?: Looker;
  act?: (page: Page) => Promise<void>;
  /** The whole page; false = what is seen without scrolling. */
  full?: boolean;
}
