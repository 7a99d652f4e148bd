import { TOKEN_SEPARATOR } from '#shared/rules/client-token.ts';
import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, ObjectKind, Objects } from '../ad-platform.ts';
import { compareObject } from './compare-object.ts';
import { createObjects, validateObject } from './create-objects.ts';
import { LEVELS, type Level } from './levels.ts';
import { MOST_ARCHIVED, MOST_NAMED, MOST_TOGETHER } from './limits.ts';
import { quoted, queryPage, queryRows, type Row } from './query.ts';
import { readLevel } from './read-objects.ts';
import { setStatuses } from './set-status.ts';
import { toAsBuilt } from './to-as-built.ts';

/** Campaigns, ad groups and ads. */
export const googleAdsObjects: Objects = {
  freight: {
    campaign: { most: MOST_TOGETHER.campaign, together: 'any' },
    ad_set: { most: MOST_TOGETHER.ad_set, together: 'any' },
    creative: { most: 1, together: 'any' },
    ad: { most: MOST_TOGETHER.ad, together: 'any' },
  },
  mostNamed: MOST_NAMED,

  archivedTogether: MOST_ARCHIVED,

  create: createObjects,

  async validate(session, request) {
    const isReady =
      request.kind === 'campaign' ||
      (request.kind === 'ad_set' && request.parents.campaign !== undefined) ||
      (request.kind === 'ad' && request.parents.ad_set !== undefined);
    if (!isReady) return 'not_checkable';
    await validateObject(session, request);
    return 'accepted';
  },

  async read(session, kind, externalId) {
    const answer = (await readLevel(session, asLevel(kind), [externalId])).get(externalId);
    if (answer instanceof PlatformError || answer === undefined) throw answer ?? new Error(`${externalId} was not read`);
    return answer;
  },

  async readMany(session, objects) {
    const found = new Map<string, AsBuilt | PlatformError>();
    for (const kind of Object.keys(LEVELS) as Level[]) {
      const wanted = objects.filter((one) => one.kind === kind).map((one) => one.externalId);
      for (let from = 0; from < wanted.length; from += MOST_NAMED)
        for (const [id, answer] of await readLevel(session, kind, wanted.slice(from, from + MOST_NAMED))) found.set(id, answer);
    }
    return found;
  },

  async findByTokens(session, kind, wanted) {
    const level = asLevel(kind);
    const found = new Map<string, AsBuilt>();
    for (let from = 0; from < wanted.length; from += MOST_NAMED) {
      const tokens = wanted.slice(from, from + MOST_NAMED).map((one) => one.clientToken);
      for (const field of CARRIERS[level])
        for (const row of await search(session, level, `${field} REGEXP_MATCH ${quoted(`.*(${tokens.join('|')}).*`)}`)) {
          const built = toAsBuilt(level, row);
          if (built.clientToken !== null && tokens.includes(built.clientToken)) found.set(built.externalId, built);
        }
    }
    return [...found.values()].toSorted(oldestFirst);
  },

  async listCarrying(session, kind, after) {
    // There are none, so none can be a stray.
    if (kind === 'creative') return { objects: [], after: null };
    const level = kind;
    const { resource, identity, status } = LEVELS[level];
    const carrier =
      level === 'ad' ? `ad_group_ad.ad.final_url_suffix LIKE '%inlay=%'` : `${LEVELS[level].name} LIKE ${quoted(`%${TOKEN_SEPARATOR}%`)}`;
    const page = await queryPage(
      session,
      session.accountExternalId,
      `SELECT ${identity.join(', ')} FROM ${resource} WHERE ${carrier} AND ${status} != 'REMOVED'`,
      after,
    );
    return { objects: page.rows.map((row) => toAsBuilt(level, row)).filter((one) => one.clientToken !== null), after: page.after };
  },

  async setStatus(session, kind, externalId, status) {
    const answer = (await setStatuses(session, [{ kind, externalId }], status)).get(externalId);
    if (answer instanceof PlatformError) throw answer;
  },

  setStatusMany: setStatuses,

  compare: compareObject,

  managerUrl(accountExternalId, kind, externalId) {
    // The manager's own addresses name accounts by another number; it finds the account by this one.
    const page = { campaign: 'campaigns', ad_set: 'adgroups', ad: 'ads', creative: null }[kind];
    const id = { campaign: 'campaignId', ad_set: 'adGroupId', ad: 'adId', creative: null }[kind];
    return page === null ? null : `https://ads.google.com/aw/${page}?__e=${accountExternalId}&${id}=${externalId}`;
  },
};

/** Where each level carries its token. */
const CARRIERS: Readonly<Record<Level, readonly string[]>> = {
  campaign: [LEVELS.campaign.name],
  ad_set: [LEVELS.ad_set.name],
  ad: ['ad_group_ad.ad.final_url_suffix', LEVELS.ad.name],
};

const search = (session: AdSession, level: Level, condition: string): Promise<Row[]> =>
  queryRows(
    session,
    session.accountExternalId,
    `SELECT ${LEVELS[level].identity.join(', ')} FROM ${LEVELS[level].resource} WHERE ${condition}`,
  );

/** Ids grow, and nothing else says which was first. */
const oldestFirst = (a: AsBuilt, b: AsBuilt): number => a.externalId.length - b.externalId.length || (a.externalId < b.externalId ? -1 : 1);

function asLevel(kind: ObjectKind): Level {
  if (kind === 'creative') throw new RangeError('there are no creatives here');
  return kind;
}
