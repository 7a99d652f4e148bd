import { readAgain } from '../../http/read-again.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Accounts, AdSession, EntityKind, ListedEntity, ListedPage } from '../ad-platform.ts';
import { ask, rowsIn, type Row } from './client.ts';
import { FAMILIES, level, type Family } from './families.ts';
import { writeIdentity, type Identity } from './identity.ts';
import { MOST } from './limits.ts';
import { chunks, isLastPage, listPage } from './lists.ts';
import { deliveryStatus } from './to-status.ts';

type NoAccount = Omit<AdSession, 'accountExternalId'>;

const ACCOUNT_STATUS: Readonly<Record<string, string>> = { STATUS_ENABLE: 'active', STATUS_DISABLE: 'disabled' };
/** Kinds that can speak in ads of ours; a shared post (AUTH_CODE) is an ad of its own. */
const SPEAKING = new Set(['CUSTOMIZED_USER', 'TT_USER', 'BC_AUTH_TT']);
const IDENTITY_PAGE = 100;

export const tiktokAccounts: Accounts = {
  async list(session) {
    const found = [];
    for (const part of chunks(await advertiserIds(session), MOST.advertisers)) {
      const data = await readAgain(() =>
        ask(session, 'GET', 'advertiser/info/', {
          advertiser_ids: part,
          fields: ['advertiser_id', 'name', 'currency', 'timezone', 'display_timezone', 'status'],
        }),
      );
      for (const row of rowsIn(data, 'list')) {
        const { advertiser_id: id, name, currency, status } = row;
        found.push({
          externalId: String(id),
          name: typeof name === 'string' && name !== '' ? name : `Account ${String(id)}`,
          currency: String(currency),
          // The first is a name such as Europe/Paris, the second may be an offset (Etc/GMT-1).
          timezone: String(row['display_timezone'] ?? row['timezone']),
          status: ACCOUNT_STATUS[String(status)] ?? String(status).toLowerCase(),
        });
      }
    }
    return found;
  },

  /** Identities of every account, each once; they speak with the token of whoever connected. */
  async pages(session) {
    const found = new Map<string, ListedPage>();
    for (const id of await advertiserIds(session))
      for await (const rows of identities(session, id))
        for (const row of rows) {
          const externalId = writeIdentity(row as unknown as Identity);
          if (SPEAKING.has(String(row['identity_type'])))
            found.set(externalId, { externalId, name: String(row['display_name'] ?? externalId), accessToken: session.accessToken });
        }
    return [...found.values()];
  },

  async *entities(session, kind, campaigns) {
    const parts = campaigns === undefined ? [{}] : chunks(campaigns, MOST.readIds).map((some) => ({ campaign_ids: some }));
    for (const family of FAMILIES)
      for (const filtering of parts)
        for (let page = 1; ; page += 1) {
          const { rows, isLast } = await readAgain(() => listPage(session, family, kind, filtering, page));
          yield rows.map((row) => toEntity(family, kind, row));
          if (isLast) break;
        }
  },

  /** An ad's id does not say whose it is: each account is asked, classic ads and Smart+ ones. */
  async ad(session, externalId) {
    for (const accountExternalId of await advertiserIds(session))
      for (const family of FAMILIES) {
        const own = { ...session, accountExternalId };
        const ad = await byId(own, family, 'ad', externalId);
        if (ad === null) continue;
        const [campaign, adSet] = await Promise.all([
          byId(own, family, 'campaign', String(ad['campaign_id'])),
          byId(own, family, 'ad_set', String(ad['adgroup_id'])),
        ]);
        if (campaign === null || adSet === null) break;
        return {
          accountExternalId,
          entities: [toEntity(family, 'campaign', campaign), toEntity(family, 'ad_set', adSet), toEntity(family, 'ad', ad)],
        };
      }
    throw new PlatformError('missing', `No account lists the ad ${externalId}.`, { platform: 'tiktok', code: 'not_listed' });
  },
};

/** The accounts a token was given. The call names our app, as few do. */
export async function advertiserIds(session: NoAccount): Promise<string[]> {
  const data = await readAgain(() => ask(session, 'GET', 'oauth2/advertiser/get/', { app_id: session.appId, secret: session.appSecret }));
  return rowsIn(data, 'list').map((row) => String(row['advertiser_id']));
}

async function* identities(session: NoAccount, advertiserId: string): AsyncGenerator<Row[]> {
  for (let page = 1; ; page += 1) {
    const data = await readAgain(() =>
      ask(session, 'GET', 'identity/get/', { advertiser_id: advertiserId, page, page_size: IDENTITY_PAGE }),
    );
    yield rowsIn(data, 'identity_list');
    if (isLastPage(data, page)) return;
  }
}

async function byId(session: AdSession, family: Family, kind: EntityKind, externalId: string): Promise<Row | null> {
  const { ids, id } = level(family, kind);
  const { rows } = await readAgain(() => listPage(session, family, kind, { [ids]: [externalId] }, 1));
  return rows.find((row) => row[id] === externalId) ?? null;
}

function toEntity(family: Family, kind: EntityKind, row: Row): ListedEntity {
  const { id, name } = level(family, kind);
  return {
    kind,
    externalId: String(row[id]),
    name: String(row[name] ?? ''),
    campaignExternalId: String(row['campaign_id']),
    adSetExternalId: kind === 'ad' ? String(row['adgroup_id']) : null,
    status: deliveryStatus(row['secondary_status'] ?? row['operation_status']),
  };
}
