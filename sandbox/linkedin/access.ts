import { keyAt, type LiCall } from './li-call.ts';
import { forbidden, notFound } from './li-error.ts';
import type { LiObject } from './store.ts';
import type { LiToken } from './tokens.ts';
import { idInPath, idInUrn, urnOf } from './urn.ts';
import type { LiWorld } from './world.ts';

/** Scopes per collection, any one of them: [read, write]. Those of media and organisations are [K]. */
const SCOPES: Record<string, readonly [readonly string[], readonly string[]]> = {
  me: [['r_basicprofile'], []],
  adAccounts: [['r_ads', 'rw_ads'], ['rw_ads']],
  adAccountUsers: [['r_ads', 'rw_ads'], ['rw_ads']],
  adAnalytics: [['r_ads_reporting'], []],
  adBudgetPricing: [['r_ads', 'rw_ads'], []],
  audienceCounts: [['r_ads', 'rw_ads'], []],
  adTrackingParameters: [['r_ads', 'rw_ads'], ['rw_ads']],
  insightTags: [['r_ads', 'rw_ads', 'rw_conversions'], []],
  posts: [['r_organization_social', 'rw_ads'], ['w_organization_social']],
  images: [
    ['r_organization_social', 'w_organization_social', 'r_ads', 'rw_ads'],
    ['w_organization_social', 'rw_ads'],
  ],
  videos: [
    ['r_organization_social', 'w_organization_social', 'r_ads', 'rw_ads'],
    ['w_organization_social', 'rw_ads'],
  ],
  organizations: [['r_organization_admin', 'rw_organization_admin'], []],
  organizationAcls: [['r_organization_admin', 'rw_organization_admin'], []],
  leadForms: [['r_marketing_leadgen_automation'], []],
  leadFormResponses: [['r_marketing_leadgen_automation'], []],
  leadNotifications: [['r_marketing_leadgen_automation'], ['r_marketing_leadgen_automation']],
  conversions: [['rw_conversions', 'r_ads', 'rw_ads'], ['rw_conversions']],
  conversionEvents: [[], ['rw_conversions']],
  campaignConversions: [
    ['rw_conversions', 'r_ads'],
    ['rw_conversions', 'rw_ads'],
  ],
  dmpSegments: [['rw_dmp_segments'], ['rw_dmp_segments']],
};

export function requireScopes(world: LiWorld, call: LiCall, who: LiToken): void {
  const [root = ''] = call.pattern.split('/');
  const [read = [], write = []] = SCOPES[root] ?? [];
  world.tokens.requireScope(who, call.method === 'GET' ? read : write, `${call.operation} /${call.pattern.replaceAll('{}', 'id')}`);
}

export type Need = 'creatives' | 'read' | 'write';

const WRITERS: Record<Need, ReadonlySet<string>> = {
  read: new Set(['ACCOUNT_BILLING_ADMIN', 'ACCOUNT_MANAGER', 'CAMPAIGN_MANAGER', 'CREATIVE_MANAGER', 'VIEWER']),
  write: new Set(['ACCOUNT_BILLING_ADMIN', 'ACCOUNT_MANAGER', 'CAMPAIGN_MANAGER']),
  creatives: new Set(['ACCOUNT_BILLING_ADMIN', 'ACCOUNT_MANAGER', 'CAMPAIGN_MANAGER', 'CREATIVE_MANAGER']),
};

/** The member's role in an ad account, or null. VIEWER reads only, even with rw_ads [D]. */
export function roleIn(world: LiWorld, accountId: string, memberId: string): string | null {
  const role = world.store.find('role', `role:${accountId}:${memberId}`);
  return role === undefined ? null : String(role.fields['role']);
}

export function mayIn(world: LiWorld, accountId: string, memberId: string, need: Need): boolean {
  const role = roleIn(world, accountId, memberId);
  return role !== null && WRITERS[need].has(role);
}

const DEVELOPMENT_ACCOUNTS = 5;

export function requireRole(world: LiWorld, who: LiToken, accountId: string, need: Need): LiObject {
  const account = world.store.find('account', urnOf('sponsoredAccount', accountId));
  if (account === undefined) throw notFound(urnOf('sponsoredAccount', accountId));
  if (!mayIn(world, accountId, who.memberId, need)) throw forbidden(`Member does not have permission to ${need} on ${account.urn}`);
  if (need !== 'read' && world.settings.tier === 'development') {
    world.writtenAccounts.add(accountId);
    if (world.writtenAccounts.size > DEVELOPMENT_ACCOUNTS) {
      world.writtenAccounts.delete(accountId);
      throw forbidden('The Development tier may write to five ad accounts only');
    }
  }
  return account;
}

/** The ad account named in the path, when the member may do this in it. */
export function accountOf(world: LiWorld, call: LiCall, who: LiToken, need: Need): LiObject {
  return requireRole(world, who, idInPath(keyAt(call, 0), 'sponsoredAccount'), need);
}

/** Same, for an account named by its URN in query or body. */
export function accountByUrn(world: LiWorld, who: LiToken, urn: unknown, need: Need): LiObject {
  const id = idInUrn(urn, 'sponsoredAccount');
  if (id === null) throw notFound(String(urn));
  return requireRole(world, who, id, need);
}

const PAGE_POSTERS = new Set(['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'DIRECT_SPONSORED_CONTENT_POSTER']);

/** A creative needs a post of the organisation, so the member needs a role on its page, too [D]. */
export function mayPostFor(world: LiWorld, memberId: string, organization: unknown): boolean {
  const role = world.store.find('pageRole', `pageRole:${String(organization)}:${memberId}`);
  return role !== undefined && PAGE_POSTERS.has(String(role.fields['role']));
}
