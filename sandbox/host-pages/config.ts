/** Given at run time by `PUT /_sandbox/host-pages/config`; keys are public widget keys, not secrets. */
export interface HostPageConfig {
  hubspot: { key: string | null };
  shopify: { key: string | null };
  /** Origins the pages load our script from and call; the pages' policies allow exactly these. */
  cdnOrigin: string;
  apiOrigin: string;
}

export const defaultConfig = (): HostPageConfig => ({
  hubspot: { key: null },
  shopify: { key: null },
  cdnOrigin: 'https://cdn.inlay.test',
  apiOrigin: 'https://api.inlay.test',
});

export function mergeConfig(config: HostPageConfig, change: unknown): HostPageConfig {
  const given = (change ?? {}) as Partial<HostPageConfig>;
  return { ...config, ...given, hubspot: { ...config.hubspot, ...given.hubspot }, shopify: { ...config.shopify, ...given.shopify } };
}
