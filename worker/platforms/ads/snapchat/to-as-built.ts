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

/** By the platform's clock; ids say nothing about age, they only make the order the same each time. */
export function oldestFirst(a: { externalId: string; createdAt: Date | null }, b: { externalId: string; createdAt: Date | null }): number {
  return (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0) || (a.externalId < b.externalId ? -1 : 1);
}
