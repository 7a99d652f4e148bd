import type { StorePlatform } from './store-platform.ts';
import { shopify } from './shopify/index.ts';

const PLATFORMS: Record<StorePlatform['id'], StorePlatform> = { shopify };
export const storePlatform = (id: StorePlatform['id']): StorePlatform => PLATFORMS[id];
