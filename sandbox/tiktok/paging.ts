import { whole, type Params } from './params.ts';
import { refuse } from './tiktok-error.ts';

interface PageWish {
  page: number;
  size: number;
}

export interface PageInfo {
  page: number;
  page_size: number;
  total_number: number;
  total_page: number;
}

/** `page` and `page_size`: 1 and 10 by default, at most `most` [S]. */
export function readPage(params: Params, most = 1000): PageWish {
  const page = whole(params, 'page') ?? 1;
  const size = whole(params, 'page_size') ?? 10;
  refuse(page < 1, 'page: Must be greater than or equal to 1.');
  refuse(size < 1 || size > most, `page_size: Must be between 1 and ${most}.`);
  return { page, size };
}

/** Pages are cut from the list as it is now: what arrives between two pages shifts them, and a page beyond the end is empty. */
export function makePage<T>(all: readonly T[], { page, size }: PageWish): { items: T[]; page_info: PageInfo } {
  return {
    items: all.slice((page - 1) * size, page * size),
    page_info: { page, page_size: size, total_number: all.length, total_page: Math.ceil(all.length / size) },
  };
}
