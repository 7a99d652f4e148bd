import { tokenInName } from '#shared/rules/client-token.ts';

/** One thing that truly exists on an ad platform, past lag and lost answers, in the same words for every platform. */
export interface AdsOracleObject {
  id: string;
  kind: 'ad' | 'ad_set' | 'campaign' | 'creative' | 'image' | 'video';
  /** The platform's own id of the ad account. */
  accountId: string;
  name: string | null;
  /** The platform's own word. */
  status: string | null;
  /** Ids of what it lies in or is made of, outermost first. */
  parentIds: string[];
  /** The client token in its name or label, or null. */
  token: string | null;
  createdTime: string;
  /** True when nothing but a review stands between it and spending. */
  canSpend: boolean;
  isDeleted: boolean;
  requestId: string;
  /** Part of the generated demo world. */
  demo: boolean;
  fields: Record<string, unknown>;
}

/** Every imitated ad platform answers it, so that one count can be made over all of them. */
export interface AdsOracle {
  adsObjects(): AdsOracleObject[];
}

/** The token that a name carries, as the launch engine writes it. */
export function tokenOf(name: string | null): string | null {
  return name === null ? null : tokenInName(name);
}

/** Ads that carry a client token, deleted ones too. */
export function adsWithToken(objects: readonly AdsOracleObject[], token: string): AdsOracleObject[] {
  return objects.filter(({ kind, token: own, name }) => kind === 'ad' && (own === token || name?.endsWith(token) === true));
}

/** Living launched objects beyond the first that share kind, account and intent: the token, or without one name and parents. */
export function duplicatesAmong(objects: readonly AdsOracleObject[]): number {
  const seen = new Set<string>();
  let duplicates = 0;
  for (const { kind, accountId, name, token, parentIds, isDeleted, demo } of objects) {
    if (demo || isDeleted || kind === 'image' || kind === 'video') continue;
    const intent = `${kind} ${accountId} ${token ?? `${parentIds.join()} ${String(name)}`}`;
    if (seen.has(intent)) duplicates += 1;
    seen.add(intent);
  }
  return duplicates;
}
