import type { ObjectKind } from '../ad-platform.ts';

/** How the platform names one thing and a list of them. */
export interface Words {
  plural: string;
  singular: string;
}

/** Ours are campaigns, ad squads, creatives and ads there. */
export const WORDS: Readonly<Record<ObjectKind, Words>> = {
  campaign: { plural: 'campaigns', singular: 'campaign' },
  ad_set: { plural: 'adsquads', singular: 'adsquad' },
  creative: { plural: 'creatives', singular: 'creative' },
  ad: { plural: 'ads', singular: 'ad' },
};
export const MEDIA: Words = { plural: 'media', singular: 'media' };

/** An object as the platform sends it. */
export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text field; null = it is not there. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
