import { signal } from '@preact/signals';

/** Where we are inside the app: "/launches/lch_1" and its query, whatever stands in front of it in the address bar. */
export interface Place {
  path: string;
  query: URLSearchParams;
}

/** Paths in the web home, the part after # in an extension page, whose path is a file. */
export type AddressStyle = 'path' | 'hash';

let style: AddressStyle = 'path';
export const place = signal<Place>({ path: '/', query: new URLSearchParams() });

export function readPlace(url: URL, from: AddressStyle): Place {
  const inner = from === 'path' ? url : new URL(url.hash.slice(1) || '/', 'http://app');
  const path = inner.pathname.length > 1 ? inner.pathname.replace(/\/+$/, '') : '/';
  return { path, query: inner.searchParams };
}

/** What to write in an href for a place in the app. */
export function href(to: string): string {
  return style === 'path' ? to : `#${to}`;
}

export function go(to: string, options: { replace?: boolean } = {}): void {
  history[options.replace === true ? 'replaceState' : 'pushState'](null, '', href(to));
  sync();
  scrollTo(0, 0);
}

/** Changes the query only, without a new step in the history. */
export function setQuery(changes: Record<string, string | null>): void {
  const query = new URLSearchParams(place.value.query);
  for (const [name, value] of Object.entries(changes))
    if (value === null) query.delete(name);
    else query.set(name, value);
  const text = query.toString();
  history.replaceState(null, '', href(place.value.path + (text === '' ? '' : `?${text}`)));
  sync();
}

function sync(): void {
  place.value = readPlace(new URL(location.href), style);
}

/** Follows the address and takes over presses on links inside the app. */
export function startRouter(addressStyle: AddressStyle): void {
  style = addressStyle;
  sync();
  addEventListener('popstate', sync);
  addEventListener('hashchange', sync);
  if (style === 'hash') return;
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    if (link === null || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    const url = new URL(link.href);
    // What lies under /v1 is the API's, such as the file of a copy or the reference.
    if (link.target !== '' || link.hasAttribute('download') || url.origin !== location.origin || url.pathname.startsWith('/v1/')) return;
    event.preventDefault();
    go(url.pathname + url.search);
  });
}

/** The parameters of a pattern such as "/launches/:id", or null when the path is another one or cannot be decoded. */
export function match(pattern: string, path: string): Record<string, string> | null {
  const want = pattern.split('/');
  const have = path.split('/');
  if (want.length !== have.length) return null;
  const params: Record<string, string> = {};
  for (const [i, part] of want.entries()) {
    const given = have[i] as string;
    if (part.startsWith(':') && given !== '') {
      const value = decoded(given);
      if (value === null) return null;
      params[part.slice(1)] = value;
    } else if (part !== given) return null;
  }
  return params;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
