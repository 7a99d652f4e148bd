import { wishedFields, type FieldWish } from './field-tree.ts';
import { filterNodes } from './filter-nodes.ts';
import type { GraphCall } from './graph-call.ts';
import { missingParameter } from './graph-error.ts';
import { readInsights } from './insights.ts';
import { DEFAULT_FIELDS } from './node-fields.ts';
import { takePage } from './paging.ts';
import { list, oneOf, text } from './params.ts';
import { renderNode, type EdgeReader } from './render-node.ts';
import type { GraphObject, NodeKind } from './store.ts';
import type { MetaToken } from './tokens.ts';
import { videoThumbnails } from './videos.ts';
import type { Handler, HandlerTable, MetaWorld } from './world.ts';

type Select = (world: MetaWorld, node: GraphObject, call: GraphCall) => readonly GraphObject[];

/** Edges used as fields: `campaign?fields=ads.limit(3){id}`. Runs the same edge with the field's own arguments. */
export const readEdge: EdgeReader = (world, node, edge, wish: FieldWish) => {
  const fields = wish.children === null ? undefined : [...wish.children].map(([name, child]) => writeWish(name, child)).join(',');
  const call: GraphCall = {
    method: 'GET',
    host: 'graph.facebook.com',
    version: null,
    path: [node.id, edge],
    files: new Map(),
    token: null,
    requestId: 'field',
    params: { ...wish.args, ...(fields === undefined ? {} : { fields }) },
  };
  const result =
    edge === 'insights'
      ? readInsights(world, node, call)
      : edge === 'thumbnails'
        ? videoThumbnails(world, node)
        : LIST_EDGES[`GET ${node.kind} ${edge}`]?.(world, node, call, NO_TOKEN);
  const page = result as { data: unknown[] } | undefined;
  return page === undefined || page.data.length === 0 ? undefined : page;
};

/** Edges read as fields, or from another list, act for the call they are part of. */
const NO_TOKEN: MetaToken = { token: '', kind: 'app', ownerId: '', scopes: [], issuedAt: 0, expiresAt: null, calls: 0, revoked: false };

function writeWish(name: string, wish: FieldWish): string {
  const args = Object.entries(wish.args)
    .map(([key, value]) => `.${key}(${value})`)
    .join('');
  if (wish.children === null) return name + args;
  return `${name}${args}{${[...wish.children].map(([child, inner]) => writeWish(child, inner)).join(',')}}`;
}

function listing(select: Select): Handler {
  return (world, node, call) => {
    const now = world.core.now();
    const visible = select(world, node, call).filter((one) => one.visibleAt <= now);
    const wanted = filterNodes(world, visible, call.params).reverse(); // newest first
    const page = takePage(call, wanted, (one) => one.id, world.core.seed);
    return {
      data: page.items.map((one) => renderNode(world, one, wishedFields(call.params['fields'], DEFAULT_FIELDS[one.kind]), readEdge)),
      paging: page.paging,
    };
  };
}

const inAccount =
  (kind: NodeKind): Select =>
  (world, account) =>
    world.store.all(kind).filter((one) => one.accountId === account.accountId);
const under =
  (kind: NodeKind, field: string): Select =>
  (world, parent) =>
    world.store.all(kind).filter((one) => one.fields[field] === parent.id);
const labelled =
  (kind: NodeKind): Select =>
  (world, label) =>
    world.store.all(kind).filter((one) => one.labelIds.includes(label.id));

const byLabels =
  (kind: NodeKind): Select =>
  (world, account, call) => {
    const wanted = list(call.params, 'ad_label_ids')?.map(String);
    if (wanted === undefined) throw missingParameter('ad_label_ids');
    const operator = oneOf(call.params, 'operator', ['ANY', 'ALL'] as const) ?? 'ANY';
    return world.store.all(kind).filter((one) => {
      if (one.accountId !== account.accountId) return false;
      const has = (id: string): boolean => one.labelIds.includes(id);
      return operator === 'ALL' ? wanted.every(has) : wanted.some(has);
    });
  };

const images: Select = (world, account, call) => {
  const hashes = list(call.params, 'hashes')?.map(String) ?? null;
  const name = text(call.params, 'name');
  return world.store
    .all('image')
    .filter(
      (one) =>
        one.accountId === account.accountId &&
        (hashes === null || hashes.includes(String(one.fields['hash']))) &&
        (name === null || one.fields['name'] === name),
    );
};

const videos: Select = (world, account, call) => {
  const title = text(call.params, 'title');
  return world.store.all('video').filter((one) => one.accountId === account.accountId && (title === null || one.fields['title'] === title));
};

const none: Select = () => [];

export const LIST_EDGES: HandlerTable = {
  'GET account campaigns': listing(inAccount('campaign')),
  'GET account adsets': listing(inAccount('adset')),
  'GET account ads': listing(inAccount('ad')),
  'GET account adcreatives': listing(inAccount('creative')),
  'GET account adlabels': listing(inAccount('label')),
  'GET account adimages': listing(images),
  'GET account advideos': listing(videos),
  'GET account adspixels': listing(none),
  'GET account customaudiences': listing(none),
  'GET account instagram_accounts': listing(none),
  'GET account promote_pages': listing((world) => world.store.all('page')),
  'GET account campaignsbylabels': listing(byLabels('campaign')),
  'GET account adsetsbylabels': listing(byLabels('adset')),
  'GET account adsbylabels': listing(byLabels('ad')),
  'GET account adcreativesbylabels': listing(byLabels('creative')),
  'GET label campaigns': listing(labelled('campaign')),
  'GET label adsets': listing(labelled('adset')),
  'GET label ads': listing(labelled('ad')),
  'GET label adcreatives': listing(labelled('creative')),
  'GET campaign adsets': listing(under('adset', 'campaign_id')),
  'GET campaign ads': listing(under('ad', 'campaign_id')),
  'GET adset ads': listing(under('ad', 'adset_id')),
  'GET ad adcreatives': listing((world, ad) => world.store.all('creative').filter((one) => one.id === ad.fields['creative_id'])),
  'GET ad leads': listing(under('lead', 'ad_id')),
  'GET form leads': listing(under('lead', 'form_id')),
  'GET form test_leads': listing((world, form) =>
    world.store.all('lead').filter((lead) => lead.fields['form_id'] === form.id && lead.fields['isTest'] === true),
  ),
  'GET page leadgen_forms': listing(under('form', 'page_id')),
  'GET user adaccounts': listing((world) => world.store.all('account').toReversed()), // accounts come in their own order
};
