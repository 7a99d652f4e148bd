import type { Accounts, EntityKind, EntityStatus, ListedEntity, Normalised } from '../ad-platform.ts';
import { accountNode } from './client.ts';
import { readGraph, readPages } from './read.ts';

/** Modest pages: Graph times out on large ones when an account is big. */
const PAGE = 500;

interface AccountRow {
  account_id: string;
  name?: string;
  currency: string;
  timezone_name: string;
  account_status?: number;
}
interface PageRow {
  id: string;
  name: string;
  access_token?: string;
}
interface EntityRow {
  id: string;
  name: string;
  effective_status?: string;
  status?: string;
  campaign_id?: string;
  adset_id?: string;
}
/** An ad asked for together with what is above it. */
interface AdRow extends EntityRow {
  account_id: string;
  campaign: EntityRow;
  adset: EntityRow;
}

const EDGE = { campaign: 'campaigns', ad_set: 'adsets', ad: 'ads' } as const;
const FIELDS = {
  campaign: 'id,name,effective_status',
  ad_set: 'id,name,effective_status,campaign_id',
  ad: 'id,name,effective_status,campaign_id,adset_id',
} as const;
const ACCOUNT_STATUS: Record<number, string> = {
  1: 'active',
  2: 'disabled',
  3: 'unsettled',
  7: 'pending_risk_review',
  8: 'pending_settlement',
  9: 'in_grace_period',
  100: 'pending_closure',
  101: 'closed',
};

export const metaAccounts: Accounts = {
  async list(session) {
    const found = [];
    for await (const rows of readPages<AccountRow>(session, 'me/adaccounts', {
      fields: 'account_id,name,currency,timezone_name,account_status',
      limit: 100,
    })) {
      for (const row of rows) {
        const status =
          row.account_status === undefined ? 'unknown' : (ACCOUNT_STATUS[row.account_status] ?? `status_${row.account_status}`);
        found.push({
          externalId: row.account_id,
          name: row.name ?? `Account ${row.account_id}`,
          currency: row.currency,
          timezone: row.timezone_name,
          status,
        });
      }
    }
    return found;
  },
  async pages(session) {
    const found = [];
    for await (const rows of readPages<PageRow>(session, 'me/accounts', { fields: 'id,name,access_token', limit: 100 })) {
      for (const row of rows) {
        // Without a token the person has no role on the page that would let us speak for it.
        if (row.access_token !== undefined) found.push({ externalId: row.id, name: row.name, accessToken: row.access_token });
      }
    }
    return found;
  },
  async *entities(session, kind, campaigns) {
    for await (const rows of readPages<EntityRow>(session, `${accountNode(session)}/${EDGE[kind]}`, {
      fields: FIELDS[kind],
      limit: PAGE,
      ...(campaigns === undefined ? {} : { filtering: [{ field: 'campaign.id', operator: 'IN', value: campaigns }] }),
    })) {
      yield rows.map((row) => toEntity(kind, row));
    }
  },
  async ad(session, externalId) {
    const row = await readGraph<AdRow>(session, externalId, {
      fields:
        'id,name,effective_status,account_id,campaign_id,adset_id,campaign{id,name,effective_status},adset{id,name,effective_status,campaign_id}',
    });
    const { account_id: account, campaign, adset } = row;
    return {
      accountExternalId: account,
      entities: [toEntity('campaign', campaign), toEntity('ad_set', { ...adset, campaign_id: campaign.id }), toEntity('ad', row)],
    };
  },
};

function toEntity(kind: EntityKind, row: EntityRow): ListedEntity {
  const campaign = kind === 'campaign' ? row.id : row.campaign_id;
  if (campaign === undefined) throw new Error(`Graph listed ${kind} ${row.id} without its campaign`);
  return {
    kind,
    externalId: row.id,
    name: row.name,
    campaignExternalId: campaign,
    adSetExternalId: kind === 'ad' ? (row.adset_id ?? null) : null,
    status: toStatus(row.effective_status ?? row.status ?? 'UNKNOWN'),
  };
}

/** Meta's effective status in our words; the raw word is kept beside it. */
export function toStatus(raw: string): Normalised<EntityStatus> {
  const unified: Record<string, EntityStatus> = {
    ACTIVE: 'active',
    PAUSED: 'paused',
    CAMPAIGN_PAUSED: 'paused',
    ADSET_PAUSED: 'paused',
    ARCHIVED: 'archived',
    DELETED: 'deleted',
    PENDING_REVIEW: 'in_review',
    PREAPPROVED: 'in_review',
    IN_PROCESS: 'in_review',
    DISAPPROVED: 'rejected',
    WITH_ISSUES: 'rejected',
  };
  return { unified: unified[raw] ?? 'other', raw };
}
