import { PlatformError } from '../../platform-error.ts';
import type { Accounts, AdSession, EntityKind, ListedEntity } from '../ad-platform.ts';
import { batchGet, chunksOf } from './batch.ts';
import type { LiSession } from './client.ts';
import { collectionPath, idOf } from './collections.ts';
import { BATCH_LIMIT, PAGE_LIMIT } from './limits.ts';
import { countedPages, pagesOf, readLi, type Row } from './read.ts';
import { query, value } from './restli.ts';
import { creativeStatus, toStatus } from './to-status.ts';
import { numberOf, urn } from './urn.ts';

/** Who may post for a page; a creative needs a post of the page's. */
const POSTERS = new Set(['ADMINISTRATOR', 'CONTENT_ADMINISTRATOR', 'DIRECT_SPONSORED_CONTENT_POSTER']);
const ACCOUNT_STATUS: Record<string, string> = { ACTIVE: 'active', CANCELED: 'closed', DRAFT: 'pending', PENDING_DELETION: 'closed' };

export const linkedinAccounts: Accounts = {
  async list(session) {
    const found = [];
    for await (const rows of pagesOf(session, 'adAccounts', query({ q: 'search', pageSize: 100 }), readLi)) {
      for (const row of rows) {
        const status = String(row['status'] ?? 'UNKNOWN');
        found.push({
          externalId: idOf(row['id']),
          name: String(row['name'] ?? `Account ${String(row['id'])}`),
          currency: String(row['currency']),
          // Accounts have no timezone of their own: budgets and reports run on UTC days.
          timezone: 'UTC',
          status: ACCOUNT_STATUS[status] ?? status.toLowerCase(),
        });
      }
    }
    return found;
  },

  async pages(session) {
    const ids = new Set<string>();
    for await (const rows of countedPages(session, 'organizationAcls', query({ q: 'roleAssignee', state: 'APPROVED' }), readLi)) {
      for (const row of rows) {
        const id = numberOf(row['organization'] ?? row['organizationalTarget']);
        if (id !== null && POSTERS.has(String(row['role'])) && row['state'] === 'APPROVED') ids.add(id);
      }
    }
    const named = await Promise.all(chunksOf([...ids], BATCH_LIMIT).map((part) => batchGet(session, 'organizations', part)));
    // A page has no token of its own: whoever may post for it posts with theirs.
    return named.flatMap((answers) =>
      [...answers].map(([externalId, page]) => {
        if (page instanceof PlatformError) throw page;
        return { externalId, name: String(page['localizedName'] ?? externalId), accessToken: session.accessToken };
      }),
    );
  },

  async *entities(session, kind) {
    switch (kind) {
      case 'campaign':
        for await (const rows of entityPages(session, 'campaign', 'id,name,status'))
          yield rows.map((row) => toEntity('campaign', row, idOf(row['id']), null));
        return;
      case 'ad_set':
        for await (const rows of entityPages(session, 'ad_set', 'id,name,status,campaignGroup'))
          yield rows.map((row) => toEntity('ad_set', row, idOf(row['campaignGroup']), null));
        return;
      case 'ad': {
        // A creative names its campaign only.
        const groups = new Map<string, string>();
        for await (const rows of entityPages(session, 'ad_set', 'id,campaignGroup'))
          for (const row of rows) groups.set(idOf(row['id']), idOf(row['campaignGroup']));
        for await (const rows of entityPages(session, 'ad', 'id,name,intendedStatus,campaign,review'))
          yield rows.flatMap((row) => {
            const campaign = idOf(row['campaign']);
            const group = groups.get(campaign);
            // Its campaign came after the list was read: the next listing has both.
            return group === undefined ? [] : [toEntity('ad', row, group, campaign)];
          });
      }
    }
  },

  async ad(session, externalId) {
    for (const { externalId: account } of await linkedinAccounts.list(session)) {
      const within = { ...session, accountExternalId: account };
      const creative = await readOrNull(within, `${collectionPath(within, 'ad')}/${value(urn.creative(externalId))}`);
      if (creative === null) continue;
      const campaignId = idOf(creative['campaign']);
      const campaign = await readLi(within, `${collectionPath(within, 'ad_set')}/${campaignId}`);
      const groupId = idOf(campaign['campaignGroup']);
      const group = await readLi(within, `${collectionPath(within, 'campaign')}/${groupId}`);
      return {
        accountExternalId: account,
        entities: [
          toEntity('campaign', group, groupId, null),
          toEntity('ad_set', campaign, groupId, null),
          toEntity('ad', creative, groupId, campaignId),
        ],
      };
    }
    throw new PlatformError('missing', `There is no creative ${externalId} in any account of this person.`, { platform: 'linkedin' });
  },
};

/** Without a wish the lists leave out what was deleted, and nothing else. */
function entityPages(session: AdSession, kind: EntityKind, fields: string): AsyncGenerator<Row[]> {
  const q = kind === 'ad' ? 'criteria' : 'search';
  return pagesOf(session, collectionPath(session, kind), query({ q, pageSize: PAGE_LIMIT, fields }), readLi);
}

function toEntity(kind: EntityKind, row: Row, campaign: string, adSet: string | null): ListedEntity {
  return {
    kind,
    externalId: idOf(row['id']),
    name: String(row['name'] ?? ''),
    campaignExternalId: campaign,
    adSetExternalId: adSet,
    status: kind === 'ad' ? creativeStatus(row) : toStatus(String(row['status'] ?? 'UNKNOWN')),
  };
}

async function readOrNull(session: LiSession, path: string): Promise<Row | null> {
  try {
    return await readLi(session, path);
  } catch (error) {
    // An account the person may only look into, or none of theirs: the ad is not there.
    if (error instanceof PlatformError && (error.failure === 'missing' || error.failure === 'refused')) return null;
    throw error;
  }
}
