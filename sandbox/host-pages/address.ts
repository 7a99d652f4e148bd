import { BASE_HEADER } from '../core/router.ts';
import type { HostPageConfig } from './config.ts';

/** Where a page's neighbours are: real names in a mapped browser, paths of the plain port in an ordinary one. */
export interface Addresses {
  base: string;
  cdnOrigin: string;
  cdnBase: string;
  apiOrigin: string;
  isPathForm: boolean;
}

export function addressesOf(request: Request, config: HostPageConfig, workerOrigin: string | null): Addresses {
  const base = request.headers.get(BASE_HEADER);
  if (base === null)
    return { base: '', cdnOrigin: config.cdnOrigin, cdnBase: config.cdnOrigin, apiOrigin: config.apiOrigin, isPathForm: false };
  const { origin, pathname } = new URL(base);
  return {
    base: pathname.replace(/\/$/, ''),
    cdnOrigin: origin,
    cdnBase: `${origin}/cdn.inlay.test`,
    apiOrigin: workerOrigin ?? config.apiOrigin,
    isPathForm: true,
  };
}

/** A storefront-grade policy: own files, the widget's script and its API, nothing else, no HTML from strings. */
export const strictPolicy = ({ cdnOrigin, apiOrigin }: Addresses): string =>
  `default-src 'none'; script-src 'self' ${cdnOrigin}; style-src 'self'; connect-src 'self' ${apiOrigin}; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
