import type { HubspotVendor } from '../hubspot/index.ts';
import type { ShopifyVendor } from '../shopify/index.ts';
import type { AdsSource } from './ads-manager/ads-source.ts';

/** What the host pages show comes from the imitated vendors' own memory. */
export interface HostPageDeps {
  ads: AdsSource;
  shopify: ShopifyVendor;
  hubspot: HubspotVendor;
  /** Folder of the built widget, served as cdn.inlay.test. */
  widgetFolder: URL;
  /** The rules that a page's own stylesheet must hold so that nothing moves when the widget arrives. */
  widgetHostStyle: URL;
}
