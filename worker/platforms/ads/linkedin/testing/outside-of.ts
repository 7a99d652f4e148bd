import type { Sandbox } from '../../../../../sandbox/index.ts';
import type { Outside } from '../../../http/send.ts';

/** The way out into the imitation; addresses it gave out itself are there already. */
export const outsideOf =
  (sandbox: Sandbox): Outside =>
  (url, init) => {
    if (url.startsWith(sandbox.url)) return fetch(url, init);
    const { host, pathname, search } = new URL(url);
    return fetch(`${sandbox.url}/${host}${pathname}${search}`, init);
  };
