import type { ObjectKind } from '../ad-platform.ts';
import { unreadable } from './map-error.ts';
import { numberOf, urn } from './urn.ts';

/** What the product calls campaign, ad set and ad; posts are made and read with their creatives and are no objects of their own here. */
export type LiKind = Exclude<ObjectKind, 'creative'>;

interface Collection {
  path: string;
  /** The object's own switch. */
  status: 'status' | 'intendedStatus';
  /** How the collection names an entity in addresses. */
  key(externalId: string): string;
  /** What a read-back asks for: every field we set, and who it is. */
  fields: string;
}

export const COLLECTIONS: Record<LiKind, Collection> = {
  campaign: {
    path: 'adCampaignGroups',
    status: 'status',
    key: (id) => id,
    fields: 'id,name,status,account,runSchedule,changeAuditStamps,servingStatuses',
  },
  ad_set: {
    path: 'adCampaigns',
    status: 'status',
    key: (id) => id,
    fields:
      'id,name,status,account,campaignGroup,associatedEntity,type,format,objectiveType,optimizationTargetType,costType,unitCost,dailyBudget,totalBudget,locale,runSchedule,targetingCriteria,politicalIntent,offsiteDeliveryEnabled,audienceExpansionEnabled,changeAuditStamps,servingStatuses',
  },
  ad: {
    path: 'creatives',
    status: 'intendedStatus',
    key: urn.creative,
    fields: 'id,name,intendedStatus,campaign,content,leadgenCallToAction,review,createdAt',
  },
};

/** @throws RangeError for creatives, which this platform has none of */
export function collectionOf(kind: ObjectKind): Collection {
  if (kind === 'creative') throw new RangeError('an ad holds its content itself on LinkedIn');
  return COLLECTIONS[kind];
}

export const collectionPath = ({ accountExternalId }: { accountExternalId: string }, kind: ObjectKind): string =>
  `adAccounts/${accountExternalId}/${collectionOf(kind).path}`;

/** The number behind whatever names an entity. @throws PlatformError unknown when there is none */
export function idOf(named: unknown): string {
  const id = numberOf(named);
  if (id === null) throw unreadable('An id that is none.', named);
  return id;
}
