import { LiError } from './li-error.ts';

/** Paths of the unversioned API that the versioned one replaced [D]; they answer like any path that is gone. */
const GONE = new Set([
  'adAccountsV2',
  'adCampaignGroupsV2',
  'adCampaignsV2',
  'adCreativesV2',
  'adDirectSponsoredContents',
  'adAnalyticsV2',
  'assets',
  'ugcPosts',
  'shares',
]);

export function refuseGonePath(pattern: string): void {
  const [root = ''] = pattern.split('/');
  if (GONE.has(root)) throw new LiError({ status: 404, message: `Resource ${root} does not exist`, serviceErrorCode: 0 });
}
