import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, Created, CreateRequest, Objects } from '../ad-platform.ts';
import { pathOf, snapItems } from './client.ts';
import { compareObject } from './compare-object.ts';
import { textOf, WORDS, type Json } from './kinds.ts';
import { MOST_IDS } from './limits.ts';
import { unreadable } from './map-error.ts';
import { accountList, findByTokens } from './find-by-tokens.ts';
import { snapOne, snapPage } from './read.ts';
import { readByIds } from './read-by-ids.ts';
import { setSwitch, setSwitches, takeAway } from './set-status.ts';
import { toAsBuilt } from './to-as-built.ts';
import { toCreateBody } from './to-create-body.ts';

/** Campaigns, ad squads, creatives and ads: arrays, sent to what they lie in, with an outcome for each of their objects. */
export const snapchatObjects: Objects = {
  freight: {
    campaign: { most: 30, together: 'any' },
    ad_set: { most: 30, together: 'one-parent' },
    creative: { most: 10, together: 'any' },
    ad: { most: 30, together: 'one-parent' },
  },
  mostNamed: MOST_IDS,

  // Objects are deleted one by one.
  archivedTogether: 1,

  async create(session, requests) {
    const [first] = requests;
    if (!first) return [];
    const { kind } = first;
    const { items, traceId } = await snapItems(
      session,
      {
        method: 'POST',
        path: pathOf(...placeOf(session, first), WORDS[kind].plural),
        json: { [WORDS[kind].plural]: requests.map((request) => inAccount(session, request)) },
      },
      WORDS[kind],
    );
    // By place: were one left out, nobody could say whose the others are.
    if (items.length !== requests.length) throw unreadable(`${items.length} answers for ${requests.length} creates.`, items);
    return items.map((item) => outcomeOf(item, traceId));
  },

  async read(session, kind, externalId) {
    return toAsBuilt(kind, await snapOne(session, WORDS[kind], externalId));
  },

  async readMany(session, objects) {
    const kinds = [...new Set(objects.map(({ kind }) => kind))];
    const found = new Map<string, AsBuilt | PlatformError>();
    let failure: PlatformError | null = null;
    let failed = 0;
    for (const kind of kinds) {
      const ids = objects.filter((one) => one.kind === kind).map((one) => one.externalId);
      const answers = await readByIds(session, kind, ids).catch((error: unknown) => {
        if (!(error instanceof PlatformError)) throw error;
        failed += 1;
        failure = error;
        return new Map(ids.map((id) => [id, error] as const));
      });
      for (const [id, answer] of answers) found.set(id, answer instanceof PlatformError ? answer : toAsBuilt(kind, answer));
    }
    // Nothing was read at all: the caller's own way to come again fits better than many failures.
    if (failure !== null && failed === kinds.length) throw failure as PlatformError;
    return found;
  },

  findByTokens,

  async listCarrying(session, kind, after) {
    const page = await snapPage(session, accountList(session, kind), WORDS[kind], after);
    return { objects: page.rows.map((row) => toAsBuilt(kind, row)).filter((built) => built.clientToken !== null), after: page.after };
  },

  async setStatus(session, kind, externalId, status) {
    if (status === 'archived') await takeAway(session, kind, externalId);
    else await setSwitch(session, kind, externalId, status);
  },

  setStatusMany: setSwitches,
  compare: compareObject,

  /** Which address of the manager opens one object is not known; a wrong page would be worse than none. */
  managerUrl: () => null,
};

/** Where an array is sent: to the campaign, to the ad squad, else to the ad account. */
function placeOf(session: AdSession, { kind, parents }: CreateRequest): [string, string] {
  if (kind === 'ad_set') return [WORDS.campaign.plural, parents.campaign ?? ''];
  if (kind === 'ad') return [WORDS.ad_set.plural, parents.ad_set ?? ''];
  return ['adaccounts', session.accountExternalId];
}

function inAccount(session: AdSession, request: CreateRequest): Json {
  const body = toCreateBody(request);
  if (request.kind === 'ad_set' || request.kind === 'ad') return body;
  // A campaign has to begin some time: without a wish it may as soon as it is switched on.
  const begins = request.kind === 'campaign' ? { start_time: (session.now?.() ?? new Date()).toISOString() } : {};
  return { ad_account_id: session.accountExternalId, ...begins, ...body };
}

function outcomeOf(item: Json | PlatformError, traceId: string | null): Created | PlatformError {
  if (item instanceof PlatformError)
    // What a create names and is not there is a fault of the create: nothing was made.
    return item.failure === 'missing' ? new PlatformError('refused', item.message, item.detail) : item;
  const externalId = textOf(item['id']);
  return externalId === null ? unreadable('The answer names no object.', item) : { externalId, traceId };
}
