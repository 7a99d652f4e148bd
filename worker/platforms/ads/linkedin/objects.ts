import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, Created, ObjectKind, Objects } from '../ad-platform.ts';
import { batchCreate, batchGet, batchSet, chunksOf } from './batch.ts';
import { liCall } from './client.ts';
import { collectionOf, collectionPath } from './collections.ts';
import { compareObject } from './compare-object.ts';
import { completeCampaigns, readCompleted } from './complete.ts';
import { findByTokens, livingQuery } from './find.ts';
import { BATCH_LIMIT, NAMED_LIMIT } from './limits.ts';
import { unreadable } from './map-error.ts';
import { isRow, readPage, type Row } from './read.ts';
import { value } from './restli.ts';
import { postOf, toAsBuilt } from './to-as-built.ts';
import { toCreate } from './to-create.ts';
import { numberOf } from './urn.ts';

type Named = { kind: ObjectKind; externalId: string };
type Answers<T> = Map<string, T | PlatformError>;
const STATUS_WORD = { active: 'ACTIVE', paused: 'PAUSED', archived: 'ARCHIVED' } as const;

/** Campaign groups, campaigns and creatives, under the product's names campaign, ad set and ad. There is no validator. */
export const linkedinObjects: Objects = {
  // A creative is made together with its post by an action, and actions have no batch form.
  freight: {
    campaign: { most: BATCH_LIMIT, together: 'any' },
    ad_set: { most: BATCH_LIMIT, together: 'any' },
    creative: { most: 1, together: 'any' },
    ad: { most: 1, together: 'any' },
  },
  mostNamed: NAMED_LIMIT,

  archivedTogether: NAMED_LIMIT,

  async create(session, requests) {
    const [first, ...others] = requests;
    if (!first) return [];
    const path = collectionPath(session, first.kind);
    if (others.length === 0) {
      const action = first.kind === 'ad' ? { query: 'action=createInline' } : {};
      const { id, json, traceId } = await liCall(session, { method: 'POST', path, ...action, body: toCreate(session, first) });
      return [created(id ?? inlineId(json), traceId)];
    }
    const told = await batchCreate(
      session,
      path,
      requests.map((request) => toCreate(session, request)),
    );
    return told.map((one) => (one instanceof PlatformError ? one : created(one, null)));
  },

  complete: { kinds: new Set(['ad_set']), run: completeCampaigns },

  async read(session, kind, externalId) {
    const read = (await readMany(session, [{ kind, externalId }])).get(externalId);
    if (read === undefined || read instanceof PlatformError) throw read ?? unreadable('No answer for the one asked for.', null);
    return read;
  },

  readMany,

  async setStatus(session, kind, externalId, status) {
    const { key, status: field } = collectionOf(kind);
    await liCall(session, {
      method: 'POST',
      path: `${collectionPath(session, kind)}/${value(key(externalId))}`,
      restli: 'PARTIAL_UPDATE',
      body: { patch: { $set: { [field]: STATUS_WORD[status] } } },
    });
  },

  async setStatusMany(session, objects, status) {
    const told: Answers<true> = new Map();
    for (const { kind, ids } of byKind(objects)) {
      const { key, status: field } = collectionOf(kind);
      for (const part of chunksOf(ids, kind === 'ad' ? NAMED_LIMIT : BATCH_LIMIT)) {
        const answers = await batchSet(session, collectionPath(session, kind), part.map(key), { [field]: STATUS_WORD[status] });
        for (const id of part) told.set(id, answers.get(key(id)) ?? unreadable('No answer for one of many.', null));
      }
    }
    return told;
  },

  findByTokens,

  async listCarrying(session, kind, after) {
    if (kind === 'creative') return { objects: [], after: null };
    const { rows, after: next } = await readPage(session, collectionPath(session, kind), livingQuery(kind), after);
    return { objects: rows.map((row) => toAsBuilt(kind, row)).filter((built) => built.clientToken !== null), after: next };
  },

  compare: compareObject,

  managerUrl(accountExternalId, kind, externalId) {
    const manager = `https://www.linkedin.com/campaignmanager/accounts/${accountExternalId}`;
    if (kind === 'campaign') return `${manager}/campaigns?campaignGroupIds=%5B${externalId}%5D`;
    return kind === 'ad_set' ? `${manager}/creatives?campaignIds=%5B${externalId}%5D` : null;
  },
};

async function readMany(session: AdSession, objects: Named[]): Promise<Answers<AsBuilt>> {
  const read: Answers<AsBuilt> = new Map();
  for (const { kind, ids } of byKind(objects)) {
    const { key, fields } = collectionOf(kind);
    for (const part of chunksOf(ids, BATCH_LIMIT)) {
      const rows = await batchGet(session, collectionPath(session, kind), part.map(key), fields);
      const whole = [...rows.values()].filter(isRow).filter((row) => !(row instanceof PlatformError));
      const beside = kind === 'ad' ? await postsOf(session, whole) : kind === 'ad_set' ? await besideCampaigns(session, whole) : null;
      for (const id of part) read.set(id, joined(kind, rows.get(key(id)), beside?.get(id)));
    }
  }
  return read;
}

/** An answer is whole or none: a campaign whose tracking could not be read was not read. */
function joined(kind: ObjectKind, row: Row | PlatformError | undefined, beside: Row | PlatformError | undefined): AsBuilt | PlatformError {
  if (row === undefined) return unreadable('No answer for one of many.', null);
  if (row instanceof PlatformError) return row;
  return beside instanceof PlatformError ? beside : toAsBuilt(kind, row, beside);
}

async function besideCampaigns(session: AdSession, rows: readonly Row[]): Promise<Answers<Row>> {
  const campaigns = rows.map((row) => ({
    id: String(row['id']),
    countsConversions: String(row['objectiveType']).startsWith('WEBSITE_CONVERSION'),
  }));
  return readCompleted(session, campaigns);
}

/** What each creative shows, by the creative's number; a post that is gone is told by its absence. */
async function postsOf(session: AdSession, creatives: readonly Row[]): Promise<Answers<Row>> {
  const posts = creatives.flatMap((row) => postOf(row) ?? []);
  const found = posts.length === 0 ? new Map<string, Row | PlatformError>() : await batchGet(session, 'posts', posts);
  return new Map(
    creatives.map((row): [string, Row | PlatformError] => {
      const post = found.get(postOf(row) ?? '');
      const isGone = post === undefined || (post instanceof PlatformError && post.failure === 'missing');
      return [numberOf(row['id']) ?? '', isGone ? { post: null } : post instanceof PlatformError ? post : { post }];
    }),
  );
}

function byKind(objects: readonly Named[]): { kind: ObjectKind; ids: string[] }[] {
  const kinds = [...new Set(objects.map((one) => one.kind))];
  return kinds.map((kind) => ({ kind, ids: objects.filter((one) => one.kind === kind).map((one) => one.externalId) }));
}

/** An answer that says "made" and names nothing that can be an id says nothing. */
function created(named: string | null, traceId: string | null): Created | PlatformError {
  const externalId = numberOf(named);
  return externalId === null ? unreadable('The answer names no object.', named) : { externalId, traceId };
}

/** Actions may answer with a body. */
function inlineId(json: unknown): string | null {
  const said = isRow(json) ? json['value'] : null;
  const named = isRow(said) ? said['creative'] : said;
  return typeof named === 'string' ? named : null;
}
