import { accountOf, type Need } from './access.ts';
import { batchByIds, batchCreate, batchWrite } from './batch.ts';
import { changeCampaign, createCampaign } from './campaigns.ts';
import { changeCreative, createCreative, createInline } from './creatives.ts';
import { isRecord, requireBody } from './entity-fields.ts';
import { changeGroup, createGroup } from './groups.ts';
import { keyAt, type Json, type LiCall } from './li-call.ts';
import { badField, LiError, missingField, notFound } from './li-error.ts';
import { applyPatch } from './patch.ts';
import { listOf } from './query-values.ts';
import { elementKey, objectKey } from './request-key.ts';
import { parseRestli } from './restli.ts';
import { isErased, show } from './show.ts';
import { statusOf } from './status.ts';
import type { LiObject } from './store.ts';
import { idInPath, urnOf } from './urn.ts';
import { created, noContent, ok, type Handler, type LiWorld } from './world.ts';

type AdKind = 'campaign' | 'creative' | 'group';

interface AdCollection {
  type: string;
  need: Need;
  isDetailed: boolean;
  create(world: LiWorld, account: LiObject, entity: Json, call: LiCall): LiObject;
  change(world: LiWorld, account: LiObject, object: LiObject, after: Json): void;
}

const COLLECTIONS: Record<AdKind, AdCollection> = {
  group: { type: 'sponsoredCampaignGroup', need: 'write', isDetailed: true, create: createGroup, change: changeGroup },
  campaign: { type: 'sponsoredCampaign', need: 'write', isDetailed: true, create: createCampaign, change: changeCampaign },
  creative: { type: 'sponsoredCreative', need: 'creatives', isDetailed: false, create: createCreative, change: changeCreative },
};

/** Groups and campaigns are named by their number, creatives by their URN; a path takes both. */
const idOf = (kind: AdKind, one: LiObject): string => (kind === 'creative' ? one.urn : one.id);

function objectAt(world: LiWorld, kind: AdKind, account: LiObject, key: string): LiObject {
  const { type } = COLLECTIONS[kind];
  const urn = urnOf(type, idInPath(key, type));
  const object = world.store.find(kind, urn);
  if (object === undefined || object.accountId !== account.id || isErased(object)) throw notFound(urn);
  return object;
}

const create =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const account = accountOf(world, call, who, COLLECTIONS[kind].need);
    return created(idOf(kind, COLLECTIONS[kind].create(world, account, requireBody(call.body), call)));
  };

const createMany =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const { need, isDetailed, create } = COLLECTIONS[kind];
    const account = accountOf(world, call, who, need);
    return batchCreate(world, call, {
      isDetailed,
      keyOf: (entity) => elementKey(world, call, entity),
      one: (entity) => idOf(kind, create(world, account, entity, call)),
    });
  };

const read =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const account = accountOf(world, call, who, 'read');
    return ok(show(world, objectAt(world, kind, account, keyAt(call, 1))));
  };

const readMany =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const account = accountOf(world, call, who, 'read');
    return batchByIds(listOf(call, 'ids') ?? [], COLLECTIONS[kind].isDetailed, (id) => ({
      status: 200,
      body: show(world, objectAt(world, kind, account, id)),
    }));
  };

/** The plan's `statusIgnored`: a status change is answered as if it had been made (silent), or refused with CONFLICT. */
function ignoreStatus(world: LiWorld, call: LiCall, object: LiObject, after: Json): void {
  const { faults, log } = world.core;
  const { p = 0, silent = false } = faults.plan.statusIgnored ?? {};
  const field = object.kind === 'creative' ? 'intendedStatus' : 'status';
  if (p === 0 || after[field] === object.fields[field] || !faults.covers('linkedin')) return;
  if (faults.roll(`linkedin status ignored ${objectKey(world, call, object.urn)}`) >= p) return;
  log.countFault('linkedin', 'status-ignored');
  if (!silent) throw new LiError({ status: 409, message: 'The entity was changed by another request', code: 'CONFLICT' });
  after[field] = object.fields[field];
}

function change(world: LiWorld, call: LiCall, kind: AdKind, account: LiObject, key: string, body: Json | null): void {
  const object = objectAt(world, kind, account, key);
  const after = applyPatch(object.fields, body);
  ignoreStatus(world, call, object, after);
  COLLECTIONS[kind].change(world, account, object, after);
}

const update =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    change(world, call, kind, accountOf(world, call, who, COLLECTIONS[kind].need), keyAt(call, 1), call.body);
    return noContent();
  };

const updateMany =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const { need, isDetailed } = COLLECTIONS[kind];
    const account = accountOf(world, call, who, need);
    const entities = requireBody(call.body)['entities'];
    if (!isRecord(entities)) throw missingField('entities');
    // Keys of the body are encoded like ids in the query [R].
    const patches = new Map(Object.entries(entities).map(([key, patch]) => [key.includes('%') ? String(parseRestli(key)) : key, patch]));
    const keyOf = (id: string): string => objectKey(world, call, urnOf(COLLECTIONS[kind].type, idInPath(id, COLLECTIONS[kind].type)));
    return batchWrite(world, call, isDetailed, listOf(call, 'ids') ?? [...patches.keys()], keyOf, (id) => {
      const patch = patches.get(id);
      change(world, call, kind, account, id, isRecord(patch) ? patch : null);
    });
  };

/** DELETE is for drafts; everything else is set to PENDING_DELETION [D by its error code]. */
const remove =
  (kind: AdKind): Handler =>
  (world, call, who) => {
    const object = objectAt(world, kind, accountOf(world, call, who, COLLECTIONS[kind].need), keyAt(call, 1));
    if (statusOf(world, object) !== 'DRAFT')
      throw badField('DELETE_ALLOWED_ONLY_FOR_DRAFT_STATUS', 'status', 'Only a draft can be deleted');
    object.inner['erased'] = true;
    world.store.change(object, { [kind === 'creative' ? 'intendedStatus' : 'status']: 'REMOVED' }, world.core.now());
    world.core.touch();
    return noContent();
  };

const inline: Handler = (world, call, who) => {
  const account = accountOf(world, call, who, 'creatives');
  const creative = requireBody(call.body)['creative'];
  if (!isRecord(creative)) throw missingField('creative');
  const made = createInline(world, account, creative, call, who);
  return { ...created(made.urn), ...(world.settings.inlineAnswersInBody ? { body: { value: { creative: made.urn } } } : {}) };
};

function routes(kind: AdKind, collection: string): Record<string, Handler> {
  const path = `adAccounts/{}/${collection}`;
  return {
    [`CREATE ${path}`]: create(kind),
    [`BATCH_CREATE ${path}`]: createMany(kind),
    [`BATCH_GET ${path}`]: readMany(kind),
    [`BATCH_PARTIAL_UPDATE ${path}`]: updateMany(kind),
    [`GET ${path}/{}`]: read(kind),
    [`PARTIAL_UPDATE ${path}/{}`]: update(kind),
    [`DELETE ${path}/{}`]: remove(kind),
  };
}

/** Campaign groups, campaigns and creatives: one way of working for all three. */
export const AD_OBJECTS: Record<string, Handler> = {
  ...routes('group', 'adCampaignGroups'),
  ...routes('campaign', 'adCampaigns'),
  ...routes('creative', 'creatives'),
  'ACTION createInline adAccounts/{}/creatives': inline,
};
