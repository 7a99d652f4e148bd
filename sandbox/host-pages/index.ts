import { ROOT_HOST } from '../core/router.ts';
import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { addressesOf } from './address.ts';
import { adsManagerRoute } from './ads-manager/route.ts';
import { cdnRoute } from './cdn.ts';
import { defaultConfig, mergeConfig, type HostPageConfig } from './config.ts';
import { contactRecordRoute } from './contact-record/route.ts';
import type { HostPageDeps } from './deps.ts';
import { rootPage } from './root-page.ts';
import { Carts } from './storefront/carts.ts';
import { storefrontRoute } from './storefront/route.ts';

export type { HostPageDeps } from './deps.ts';
export type { AdsSource } from './ads-manager/ads-source.ts';

const HOSTS = new Set<string>(['adsmanager.facebook.com', 'business.facebook.com', 'cdn.inlay.test', ROOT_HOST]);

/**
 * The pages our extension and widget live in. The store's and the CRM's pages share a host with their API, so they are handed to
 * those vendors; the rest is served here. Keys and origins come by `PUT /_sandbox/host-pages/config`.
 */
export function createHostPages(core: SandboxCore, deps: HostPageDeps): Vendor {
  let config: HostPageConfig = defaultConfig();
  const carts = new Carts();
  const addresses = (request: Request) => addressesOf(request, config, core.workerOrigin());

  deps.shopify.setStorefront((shop, store, request) =>
    storefrontRoute(
      { shop, store, carts, addresses: addresses(request), widgetKey: config.shopify.key, hostStyle: deps.widgetHostStyle },
      request,
    ),
  );
  deps.hubspot.setPages(
    // The signature is over the API's public address: a Worker on this machine knows itself by its own origin.
    async (store, request) =>
      (await contactRecordRoute(
        store,
        config,
        addresses(request),
        deps.widgetHostStyle,
        new URL(request.url),
        core.workerOrigin() ?? config.apiOrigin,
      )) ?? null,
  );

  return {
    name: 'host-pages',
    serves: (host) => HOSTS.has(host),
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.hostname === ROOT_HOST)
        return url.pathname === '/' ? rootPage(deps, addresses(request).isPathForm) : new Response('Not found', { status: 404 });
      if (url.hostname === 'cdn.inlay.test') return cdnRoute(deps.widgetFolder, url);
      return (await adsManagerRoute(deps.ads, url)) ?? new Response('Not found', { status: 404 });
    },
    control: async (method, path, body) => {
      if (path.split('?')[0] !== 'config') return undefined;
      if (method === 'PUT') config = mergeConfig(config, body);
      core.touch();
      return config;
    },
    objects: () => ({ config }),
    snapshot: () => structuredClone(config),
    restore: (state) => {
      config = mergeConfig(defaultConfig(), state);
    },
  };
}
