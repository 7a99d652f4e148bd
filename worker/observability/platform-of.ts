const PLATFORMS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)facebook\.com$/, 'meta'],
  [/(?:^|\.)tiktok\.com$/, 'tiktok'],
  [/(?:^|\.)snapchat\.com$/, 'snapchat'],
  [/(?:^|\.)linkedin\.com$/, 'linkedin'],
  [/\.myshopify\.com$/, 'shopify'],
  [/(?:^|\.)(?:hubapi|hubspot)\.com$/, 'hubspot'],
  [/^googleads\.googleapis\.com$/, 'google-ads'],
  [/(?:^|\.)googleapis\.com$|(?:^|\.)google\.com$/, 'google'],
  [/^api\.(?:resend|postmarkapp)\.com$/, 'mail'],
];

/** Whom an address belongs to, in one word: the host itself may be a customer's name. */
export function platformOf(url: string): string {
  const { hostname } = new URL(url);
  return PLATFORMS.find(([host]) => host.test(hostname))?.[1] ?? 'other';
}
