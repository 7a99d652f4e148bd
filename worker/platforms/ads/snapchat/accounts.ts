import { readAgain } from '../../http/read-again.ts';
import type { Accounts, EntityKind, ListedEntity, ListedPage } from '../ad-platform.ts';
import { pathOf, PROFILE_ORIGIN } from './client.ts';
import { isJson, textOf, WORDS, type Json } from './kinds.ts';
import { unreadable } from './map-error.ts';
import { createAdParents } from './parents-of-ads.ts';
import { readPages, snapOne } from './read.ts';
import { toEffectiveStatus } from './status.ts';

const ORGANIZATION = { plural: 'organizations', singular: 'organization' };
const PROFILE = { plural: 'public_profiles', singular: 'public_profile' };

export const snapchatAccounts: Accounts = {
  async list(session) {
    const found = [];
    for await (const rows of readPages(session, { path: 'me/organizations', query: { with_ad_accounts: 'true' } }, ORGANIZATION)) {
      for (const account of rows.flatMap((row) => (Array.isArray(row['ad_accounts']) ? (row['ad_accounts'] as unknown[]) : []))) {
        if (!isJson(account)) throw unreadable('An ad account that cannot be read.', account);
        const externalId = must(account, 'id');
        found.push({
          externalId,
          name: textOf(account['name']) ?? `Account ${externalId}`,
          currency: must(account, 'currency'),
          timezone: must(account, 'timezone'),
          status: (textOf(account['status']) ?? 'unknown').toLowerCase(),
        });
      }
    }
    return found;
  },

  /** Public profiles of every organization the person is in. A profile has no token of its own: the person speaks for it. */
  async pages(session) {
    const found: ListedPage[] = [];
    for await (const organizations of readPages(session, { path: 'me/organizations' }, ORGANIZATION)) {
      for (const organization of organizations) {
        const list = { path: pathOf('organizations', must(organization, 'id'), 'public_profiles'), origin: PROFILE_ORIGIN };
        for await (const rows of readPages(session, list, PROFILE))
          for (const row of rows) {
            const externalId = must(row, 'id');
            found.push({ externalId, name: textOf(row['display_name']) ?? externalId, accessToken: session.accessToken });
          }
      }
    }
    return found;
  },

  async *entities(session, kind) {
    const parents = createAdParents(session);
    for await (const rows of readPages(
      session,
      { path: pathOf('adaccounts', session.accountExternalId, WORDS[kind].plural) },
      WORDS[kind],
    )) {
      // An ad names its ad squad only.
      if (kind === 'ad') await parents.learnSquads(rows.map((row) => must(row, 'ad_squad_id')));
      yield rows.map((row) => toEntity(kind, row, kind === 'ad' ? parents.campaignOf(must(row, 'ad_squad_id')) : undefined));
    }
  },

  async ad(session, externalId) {
    const ad = await readAgain(() => snapOne(session, WORDS.ad, externalId));
    const squad = await readAgain(() => snapOne(session, WORDS.ad_set, must(ad, 'ad_squad_id')));
    const campaign = await readAgain(() => snapOne(session, WORDS.campaign, must(squad, 'campaign_id')));
    return {
      accountExternalId: must(campaign, 'ad_account_id'),
      entities: [toEntity('campaign', campaign), toEntity('ad_set', squad), toEntity('ad', ad, must(campaign, 'id'))],
    };
  },
};

function toEntity(kind: EntityKind, row: Json, campaignOfAd?: string): ListedEntity {
  const externalId = must(row, 'id');
  return {
    kind,
    externalId,
    name: textOf(row['name']) ?? externalId,
    campaignExternalId: kind === 'campaign' ? externalId : (campaignOfAd ?? must(row, 'campaign_id')),
    adSetExternalId: kind === 'ad' ? must(row, 'ad_squad_id') : null,
    status: toEffectiveStatus(row),
  };
}

/** A field that everything hangs on. @throws unknown */
function must(row: Json, name: string): string {
  const value = textOf(row[name]);
  if (value === null) throw unreadable(`An answer without ${name}.`, row);
  return value;
}
