import type { Family, Kind, TiktokObject } from './store.ts';

/** Ids that exist in every sandbox, whatever the seed: 19 digits, as the platform's own. */
export const DEMO_ADVERTISERS = {
  euros: '7380000000000000001',
  dollars: '7380000000000000002',
  disabled: '7380000000000000003',
} as const;
export const DEMO_ASSETS = {
  business: '7390000000000000001',
  customIdentity: '7370000000000000001',
  tiktokIdentity: '7370000000000000002',
  businessIdentity: '7370000000000000003',
  postedIdentity: '7370000000000000004',
  dollarsIdentity: '7370000000000000005',
  post: '7360000000000000001',
  sharedPost: '7360000000000000002',
  pixel: '7350000000000000001',
  dollarsPixel: '7350000000000000002',
  form: '7340000000000000001',
  draftForm: '7340000000000000002',
  audience: '7330000000000000001',
  image: 'ad-site-i18n-sg/733000000000001',
  video: 'v10033g50000733000000000001',
} as const;

/** Adds one object of the demo; without an account it belongs to the one in euros. */
export type Add = (kind: Kind, id: string, fields: Record<string, unknown>, advertiserId?: string | null, family?: Family) => TiktokObject;

export const idOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(15, '0')}`;
