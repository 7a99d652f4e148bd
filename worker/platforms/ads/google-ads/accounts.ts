import { PlatformError } from '../../platform-error.ts';
import { readAgain } from '../../http/read-again.ts';
import type { Accounts, AdSession, EntityKind, ListedAccount, ListedEntity } from '../ad-platform.ts';
import { callAds, unreadable } from './client.ts';
import { LEVELS } from './levels.ts';
import { ids, readPages, type Row } from './query.ts';
import { effectiveStatus } from './to-status.ts';

type Person = Omit<AdSession, 'accountExternalId'>;

const CLIENTS =
  'SELECT customer_client.id, customer_client.descriptive_name, customer_client.currency_code, customer_client.time_zone ' +
  "FROM customer_client WHERE customer_client.manager = FALSE AND customer_client.hidden = FALSE AND customer_client.status = 'ENABLED'";
/** Accounts that were closed, or not yet opened, cannot be read: they are left out. */
const CLOSED = new Set(['authorizationError.CUSTOMER_NOT_ENABLED', 'authorizationError.CUSTOMER_NOT_FOUND']);

const COLUMNS: Readonly<Record<EntityKind, string>> = {
  campaign: 'campaign.id, campaign.name, campaign.status, campaign.primary_status',
  ad_set: 'ad_group.id, ad_group.name, ad_group.status, ad_group.primary_status, campaign.id',
  ad:
    'ad_group_ad.ad.id, ad_group_ad.ad.name, ad_group_ad.ad.responsive_search_ad.headlines, ad_group_ad.status, ' +
    'ad_group_ad.primary_status, ad_group_ad.policy_summary.approval_status, ad_group.id, campaign.id',
};

export const googleAdsAccounts: Accounts = {
  /** Accounts the person was let into by name, and those below a manager among them: these are reached through that manager. */
  async list(session) {
    const { resourceNames } = await readAgain(() =>
      callAds<{ resourceNames?: unknown }>(session, 'GET', 'customers:listAccessibleCustomers'),
    );
    if (resourceNames !== undefined && !Array.isArray(resourceNames)) throw unreadable('A list of accounts that is none.');
    const found = new Map<string, ListedAccount>();
    for (const name of (resourceNames ?? []) as string[]) {
      const direct = name.replace(/^customers\//, '');
      for (const account of await below(session, direct)) {
        // The shortest way in wins: an own entry needs no manager.
        if (account.via === undefined || !found.has(account.externalId)) found.set(account.externalId, account);
      }
    }
    return [...found.values()];
  },

  /** Nobody speaks for an ad here but the account itself. */
  pages: () => Promise.resolve([]),

  async *entities(session, kind, campaigns) {
    const where = campaigns === undefined ? '' : ` WHERE campaign.id IN ${ids(campaigns)}`;
    for await (const rows of readPages(session, session.accountExternalId, `SELECT ${COLUMNS[kind]} FROM ${LEVELS[kind].resource}${where}`))
      yield rows.map((row) => toEntity(kind, row));
  },

  /** An ad's id does not say whose it is: each account is asked. */
  async ad(session, externalId) {
    for (const { externalId: account, via } of await this.list(session)) {
      const query = `SELECT ${COLUMNS.ad}, ad_group.name, ad_group.status, ad_group.primary_status, campaign.name, campaign.status, campaign.primary_status FROM ad_group_ad WHERE ad_group_ad.ad.id IN ${ids([externalId])}`;
      for await (const rows of readPages(through(session, via), account, query))
        for (const row of rows)
          return { accountExternalId: account, entities: [toEntity('campaign', row), toEntity('ad_set', row), toEntity('ad', row)] };
    }
    throw new PlatformError('missing', 'No account has this ad.', { platform: 'google-ads', code: 'not_found' });
  },
};

const through = (session: Person, via: string | undefined): Person => (via === undefined ? session : { ...session, via });

async function below(session: Person, direct: string): Promise<ListedAccount[]> {
  const found: ListedAccount[] = [];
  try {
    for await (const rows of readPages(through(session, direct), direct, CLIENTS))
      for (const { customerClient: client } of rows) {
        const externalId = String(client?.['id']);
        found.push({
          externalId,
          name: typeof client?.['descriptiveName'] === 'string' ? client['descriptiveName'] : `Account ${externalId}`,
          currency: String(client?.['currencyCode']),
          timezone: String(client?.['timeZone']),
          status: 'active',
          ...(externalId === direct ? {} : { via: direct }),
        });
      }
    return found;
  } catch (error) {
    if (error instanceof PlatformError && CLOSED.has(error.detail.code ?? '')) return [];
    throw error;
  }
}

function toEntity(kind: EntityKind, { campaign, adGroup, adGroupAd }: Row): ListedEntity {
  const campaignExternalId = String(campaign?.['id']);
  switch (kind) {
    case 'campaign':
      return {
        kind,
        externalId: campaignExternalId,
        name: String(campaign?.['name']),
        campaignExternalId,
        adSetExternalId: null,
        status: effectiveStatus(campaign ?? {}),
      };
    case 'ad_set':
      return {
        kind,
        externalId: String(adGroup?.['id']),
        name: String(adGroup?.['name']),
        campaignExternalId,
        adSetExternalId: null,
        status: effectiveStatus(adGroup ?? {}),
      };
    case 'ad': {
      const ad = (adGroupAd?.['ad'] ?? {}) as { id?: unknown; name?: unknown; responsiveSearchAd?: { headlines?: { text?: unknown }[] } };
      // Search ads have no name: people know them by their first headline.
      const name = ad.name ?? ad.responsiveSearchAd?.headlines?.[0]?.text;
      return {
        kind,
        externalId: String(ad.id),
        name: typeof name === 'string' && name !== '' ? name : `Ad ${String(ad.id)}`,
        campaignExternalId,
        adSetExternalId: String(adGroup?.['id']),
        status: effectiveStatus(adGroupAd ?? {}),
      };
    }
  }
}
