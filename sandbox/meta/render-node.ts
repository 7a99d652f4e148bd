import type { FieldTree, FieldWish } from './field-tree.ts';
import { plainTree } from './field-tree.ts';
import { noSuchField } from './graph-error.ts';
import { NODE_FIELDS, NODE_TYPE } from './node-fields.ts';
import { graphTime } from './params.ts';
import type { GraphObject } from './store.ts';
import { videoStatus } from './videos.ts';
import type { MetaWorld } from './world.ts';

export type EdgeReader = (world: MetaWorld, node: GraphObject, edge: string, wish: FieldWish) => unknown;

/** How long a newly switched-on ad waits for its review. */
const REVIEW_MS = 500;

function parentOf(world: MetaWorld, node: GraphObject, field: string): GraphObject | undefined {
  const id = node.fields[field];
  return typeof id === 'string' ? world.store.get(id) : undefined;
}

/** Own status first; then a paused parent shows through; a fresh active ad is under review for a moment. */
export function effectiveStatus(world: MetaWorld, node: GraphObject): string {
  const own = String(node.fields['status']);
  if (own !== 'ACTIVE') return own;
  const campaign = parentOf(world, node, 'campaign_id');
  if (campaign !== undefined && campaign.fields['status'] !== 'ACTIVE') return 'CAMPAIGN_PAUSED';
  const adset = parentOf(world, node, 'adset_id');
  if (adset !== undefined && adset.fields['status'] !== 'ACTIVE') return 'ADSET_PAUSED';
  if (node.kind === 'ad' && !node.demo && world.core.now() - node.updatedAt < REVIEW_MS) return 'PENDING_REVIEW';
  return 'ACTIVE';
}

function reference(world: MetaWorld, target: GraphObject | undefined, wish: FieldWish, edges: EdgeReader): unknown {
  if (target === undefined) return undefined;
  const tree = wish.children ?? plainTree(['id']);
  if (!tree.has('id')) tree.set('id', { args: {}, children: null });
  return renderNode(world, target, tree, edges);
}

const EDGE_FIELDS = new Set(['adsets', 'ads', 'adcreatives', 'insights', 'leads', 'thumbnails']);

function valueOf(world: MetaWorld, node: GraphObject, field: string, wish: FieldWish, edges: EdgeReader): unknown {
  if (EDGE_FIELDS.has(field)) return edges(world, node, field, wish);
  switch (field) {
    case 'id':
      return node.id;
    case 'account_id':
      return node.accountId ?? undefined;
    case 'created_time':
      return graphTime(node.createdAt);
    case 'updated_time':
      return graphTime(node.updatedAt);
    case 'configured_status':
      return node.fields['status'];
    case 'effective_status':
      return effectiveStatus(world, node);
    case 'budget_remaining':
      return node.fields['daily_budget'] ?? node.fields['lifetime_budget'] ?? '0';
    case 'campaign':
    case 'adset':
    case 'creative':
      return reference(world, parentOf(world, node, `${field}_id`), wish, edges);
    case 'page':
      return reference(world, parentOf(world, node, 'page_id'), wish, edges);
    case 'account':
      return reference(world, world.store.get(`act_${node.accountId ?? ''}`), wish, edges);
    case 'adlabels': {
      const labels = node.labelIds.flatMap((id) => world.store.get(id) ?? []);
      const tree = wish.children ?? plainTree(['id', 'name']);
      return labels.length === 0 ? undefined : labels.map((label) => renderNode(world, label, tree, edges));
    }
    case 'status':
      return node.kind === 'video' ? videoStatus(world, node) : node.fields['status'];
    default:
      return node.fields[field];
  }
}

/** One node with the wished fields. A known field without a value is left out, as the platform does. */
export function renderNode(world: MetaWorld, node: GraphObject, tree: FieldTree, edges: EdgeReader): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [field, wish] of tree) {
    if (!NODE_FIELDS[node.kind].has(field)) throw noSuchField(field, NODE_TYPE[node.kind]);
    const value = valueOf(world, node, field, wish, edges);
    if (value !== undefined && value !== null) shown[field] = value;
  }
  return shown;
}
