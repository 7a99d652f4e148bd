import type { CrmPlatform } from './crm-platform.ts';
import { hubspot } from './hubspot/index.ts';

const PLATFORMS: Record<CrmPlatform['id'], CrmPlatform> = { hubspot };
export const crmPlatform = (id: CrmPlatform['id']): CrmPlatform => PLATFORMS[id];
