/** Numbers stand in paths, URNs in bodies and queries; everything outside this folder knows numbers only. */
export const urn = {
  account: (id: string): string => `urn:li:sponsoredAccount:${id}`,
  group: (id: string): string => `urn:li:sponsoredCampaignGroup:${id}`,
  campaign: (id: string): string => `urn:li:sponsoredCampaign:${id}`,
  creative: (id: string): string => `urn:li:sponsoredCreative:${id}`,
  organization: (id: string): string => `urn:li:organization:${id}`,
  form: (id: string): string => `urn:li:adForm:${id}`,
  conversion: (id: string): string => `urn:lla:llaPartnerConversion:${id}`,
  geo: (id: string): string => `urn:li:geo:${id}`,
  facet: (name: string): string => `urn:li:adTargetingFacet:${name}`,
};

/** The number at the end of a URN, or the number itself; null = neither. */
export function numberOf(value: unknown): string | null {
  return /^(?:urn:(?:li|lla):\w+:)?(\d+)$/.exec(String(value))?.[1] ?? null;
}
