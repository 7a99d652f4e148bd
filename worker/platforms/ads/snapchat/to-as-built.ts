import { tokenInName } from '#shared/rules/client-token.ts';
import type { AsBuilt, ObjectKind } from '../ad-platform.ts';
import { textOf, type Json } from './kinds.ts';
import { toCreativeStatus, toOwnStatus } from './status.ts';

/** One object as read back. Its token is at the end of its name: the platform has no labels. */
export function toAsBuilt(kind: ObjectKind, node: Json): AsBuilt {
  const name = textOf(node['name']) ?? '';
  const createdAt = new Date(textOf(node['created_at']) ?? Number.NaN);
  return {
    externalId: String(node['id']),
    name,
    clientToken: tokenInName(name),
    status: kind === 'creative' ? toCreativeStatus(node) : toOwnStatus(node),
    createdAt: Number.isNaN(createdAt.getTime()) ? null : createdAt,
    fields: node,
    raw: node,
  };
}
