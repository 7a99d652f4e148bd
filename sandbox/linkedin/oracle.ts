import { tokenInName } from '#shared/rules/client-token.ts';
import type { AdsOracleObject } from '../core/ads-oracle.ts';
import { mediaStatus } from './media.ts';
import { canSpend, isErased } from './show.ts';
import { statusOf } from './status.ts';
import type { LiKind, LiObject } from './store.ts';
import type { LiWorld } from './world.ts';

/** The product's words for what the platform calls campaign group, campaign, creative and post. */
const WORDS: Partial<Record<LiKind, 'ad' | 'ad_set' | 'campaign' | 'creative' | 'image' | 'video'>> = {
  group: 'campaign',
  campaign: 'ad_set',
  creative: 'ad',
  post: 'creative',
  image: 'image',
  video: 'video',
};
const LAUNCHED = ['group', 'campaign', 'creative'] as const;

export interface LinkedinObject {
  /** Number for groups and campaigns, URN for the others, as the platform names it in answers. */
  id: string;
  urn: string;
  /** The product's word, or the platform's own for what no launch makes. */
  kind: string;
  accountId: string | null;
  name: string | null;
  status: string | null;
  parentIds: string[];
  clientToken: string | null;
  createdTime: string;
  /** Whether money can flow through it at this moment. */
  canSpend: boolean;
  requestId: string;
  /** Part of the generated demo world. */
  demo: boolean;
  fields: Record<string, unknown>;
}

const word = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function nameOf(object: LiObject): string | null {
  const { dscName } = (object.fields['adContext'] ?? {}) as { dscName?: string };
  return word(object.fields['name']) ?? dscName ?? null;
}

function parentsOf(object: LiObject): string[] {
  const { campaignGroup, campaign, content } = object.fields;
  const { reference } = (content ?? {}) as { reference?: unknown };
  return [campaignGroup, campaign, object.kind === 'creative' ? reference : undefined].flatMap((urn) => word(urn) ?? []);
}

function shownStatus(world: LiWorld, object: LiObject): string | null {
  if (object.kind === 'image' || object.kind === 'video') return mediaStatus(world, object);
  if (object.kind === 'post') return word(object.fields['lifecycleState']);
  return object.fields['status'] === undefined && object.fields['intendedStatus'] === undefined ? null : statusOf(world, object);
}

function toOracle(world: LiWorld, object: LiObject): LinkedinObject {
  const name = nameOf(object);
  return {
    id: object.kind === 'group' || object.kind === 'campaign' || object.kind === 'account' ? object.id : object.urn,
    urn: object.urn,
    kind: WORDS[object.kind] ?? object.kind,
    accountId: object.accountId,
    name,
    status: shownStatus(world, object),
    parentIds: parentsOf(object),
    clientToken: name === null ? null : tokenInName(name),
    createdTime: new Date(object.createdAt).toISOString(),
    canSpend: !isErased(object) && canSpend(world, object),
    requestId: object.requestId,
    demo: object.demo,
    // Dynamic tracking is a resource of its own on the platform; here it belongs to its campaign.
    fields: object.inner['tracking'] === undefined ? object.fields : { ...object.fields, tracking: object.inner['tracking'] },
  };
}

const KINDS = [
  'account',
  'organization',
  'form',
  'conversion',
  'segment',
  'insightTag',
  'image',
  'video',
  'post',
  ...LAUNCHED,
  'notification',
  'lead',
] as const;

/** What truly exists, past lag and lost answers. Erased drafts are left out. */
export function listObjects(world: LiWorld): LinkedinObject[] {
  return KINDS.flatMap((kind) =>
    world.store
      .all(kind)
      .filter((object) => !isErased(object))
      .map((object) => toOracle(world, object)),
  );
}

/** Ads that carry a client token at the end of their name. */
export function findByToken(world: LiWorld, token: string): LinkedinObject[] {
  return world.store
    .all('creative')
    .filter((ad) => !isErased(ad) && nameOf(ad)?.endsWith(token) === true)
    .map((ad) => toOracle(world, ad));
}

const DEAD = new Set(['ARCHIVED', 'CANCELED', 'PENDING_DELETION', 'REMOVED']);

/** Living objects beyond the first that share kind, account and intent (token, else parent and name). */
export function countDuplicates(world: LiWorld): number {
  let duplicates = 0;
  for (const kind of LAUNCHED) {
    const seen = new Set<string>();
    for (const object of world.store.all(kind)) {
      if (object.demo || isErased(object) || DEAD.has(statusOf(world, object))) continue;
      const name = nameOf(object) ?? object.urn;
      const intent = `${object.accountId ?? ''} ${tokenInName(name) ?? `${parentsOf(object)[0] ?? ''} ${name}`}`;
      if (seen.has(intent)) duplicates += 1;
      seen.add(intent);
    }
  }
  return duplicates;
}

const SHARED = new Set<string>(['ad', 'ad_set', 'campaign', 'image', 'video']);
const isShared = (kind: string): kind is AdsOracleObject['kind'] => SHARED.has(kind);

/** The same in the words all ad platforms share, by number. A post is part of its ad and nothing a launch makes by itself. */
export function listAdsObjects(world: LiWorld): AdsOracleObject[] {
  const numberOf = (urn: string): string => urn.slice(urn.lastIndexOf(':') + 1);
  return listObjects(world).flatMap(
    ({ kind, clientToken, accountId, parentIds, id, name, status, createdTime, canSpend: spends, requestId, demo, fields }) =>
      isShared(kind)
        ? [
            {
              id: kind === 'image' || kind === 'video' ? id : numberOf(id),
              kind,
              accountId: accountId ?? '',
              name,
              status,
              parentIds: parentIds.map(numberOf),
              token: clientToken,
              createdTime,
              canSpend: spends,
              isDeleted: DEAD.has(status ?? ''),
              requestId,
              demo,
              fields,
            },
          ]
        : [],
  );
}
