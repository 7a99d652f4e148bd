import { rewrapKeys, rewrapOrganization } from './rewrap-keys.ts';

export const operationJobs = [rewrapKeys, rewrapOrganization] as const;
