import { accountOf, mayIn } from './access.ts';
import type { LiCall } from './li-call.ts';
import { badRequest } from './li-error.ts';
import { tokenPage } from './paging.ts';
import { allowOnly, criterion, listOf, recordOf, textOf } from './query-values.ts';
import { isListed, isLiving, show } from './show.ts';
import { statusOf } from './status.ts';
import type { LiObject } from './store.ts';
import { idInPath } from './urn.ts';
import { ok, type Handler, type LiAnswer, type LiWorld } from './world.ts';

type Match = (one: LiObject, values: string[]) => boolean;

const PAGED = ['search', 'sortOrder', 'pageSize', 'pageToken'];

const byField =
  (field: string): Match =>
  (one, values) =>
    values.includes(String(one.fields[field]));
const byId =
  (type: string): Match =>
  (one, values) =>
    values.some((value) => idInPath(value, type) === one.id);

/** Criteria of q=search. The name filter is [K]: whole names, as typed. */
const CRITERIA: Record<'account' | 'campaign' | 'group', Record<string, Match>> = {
  account: {
    name: byField('name'),
    type: byField('type'),
    reference: byField('reference'),
    test: byField('test'),
    id: byId('sponsoredAccount'),
  },
  group: { name: byField('name'), test: byField('test'), id: byId('sponsoredCampaignGroup') },
  campaign: {
    name: byField('name'),
    type: byField('type'),
    test: byField('test'),
    campaignGroup: byField('campaignGroup'),
    associatedEntity: byField('associatedEntity'),
    id: byId('sponsoredCampaign'),
  },
};

function ordered(call: LiCall, found: LiObject[]): LiObject[] {
  const order = textOf(call, 'sortOrder') ?? 'ASCENDING';
  if (order !== 'ASCENDING' && order !== 'DESCENDING') throw badRequest("Parameter 'sortOrder' is invalid");
  return order === 'DESCENDING' ? found.reverse() : found;
}

function answer(world: LiWorld, call: LiCall, found: LiObject[]): LiAnswer {
  const { elements, rest } = tokenPage(world, call, ordered(call, found));
  return ok({ elements: elements.map((one) => show(world, one)), ...rest });
}

/** `q=search&search=(status:(values:List(ACTIVE)),name:(values:List(…)))`: criteria are ANDed, values ORed; lagging after a create. */
function search(world: LiWorld, call: LiCall, kind: keyof typeof CRITERIA, candidates: readonly LiObject[]): LiAnswer {
  allowOnly(call, PAGED);
  const criteria = Object.entries(recordOf(call, 'search') ?? {}).map(([name, value]) => {
    const match = name === 'status' ? null : CRITERIA[kind][name];
    if (match === undefined) throw badRequest(`Search criterion ${name} is not supported`);
    return { match, values: criterion(value, name) };
  });
  const asksForStatus = criteria.some(({ match }) => match === null);
  const found = candidates.filter((one) => {
    if (!isListed(world, one) || (!asksForStatus && !isLiving(world, one))) return false;
    return criteria.every(({ match, values }) => (match === null ? values.includes(statusOf(world, one)) : match(one, values)));
  });
  return answer(world, call, found);
}

export const searchAccounts: Handler = (world, call, who) =>
  search(
    world,
    call,
    'account',
    world.store.all('account').filter((one) => mayIn(world, one.id, who.memberId, 'read')),
  );

export const searchGroups: Handler = (world, call, who) =>
  search(world, call, 'group', world.store.inAccount('group', accountOf(world, call, who, 'read').id));

export const searchCampaigns: Handler = (world, call, who) =>
  search(world, call, 'campaign', world.store.inAccount('campaign', accountOf(world, call, who, 'read').id));

/** `q=criteria`: creatives are not searched by name; they are found below their campaign and told apart by the caller. */
export const findCreatives: Handler = (world, call, who) => {
  const account = accountOf(world, call, who, 'read');
  const lists = ['campaigns', 'creatives', 'contentReferences', 'intendedStatuses'];
  allowOnly(call, [...lists, 'isTestAccount', 'sortOrder', 'pageSize', 'pageToken']);
  const [campaigns, creatives, references, statuses] = lists.map((name) => listOf(call, name));
  const [only] = campaigns ?? [];
  const candidates = campaigns?.length === 1 ? world.store.creativesOf(only) : world.store.inAccount('creative', account.id);
  const found = candidates.filter((one) => {
    const { reference } = (one.fields['content'] ?? {}) as { reference?: string };
    const status = statusOf(world, one);
    return (
      one.accountId === account.id &&
      isListed(world, one) &&
      (statuses?.includes(status) ?? isLiving(world, one)) &&
      (campaigns?.includes(String(one.fields['campaign'])) ?? true) &&
      (creatives?.includes(one.urn) ?? true) &&
      (references?.includes(String(reference)) ?? true)
    );
  });
  return answer(world, call, found);
};
