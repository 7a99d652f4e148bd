import { tokenInName } from '#shared/rules/client-token.ts';
import type { AsBuilt, ObjectKind } from '../ad-platform.ts';
import { collectionOf, idOf } from './collections.ts';
import { isRow, type Row } from './read.ts';
import { toStatus } from './to-status.ts';

/** One entity as read back, with what stands beside it. `status` is the object's own switch, not what its parents make of it. */
export function toAsBuilt(kind: ObjectKind, row: Row, beside: Row = {}): AsBuilt {
  const name = typeof row['name'] === 'string' ? row['name'] : '';
  const { created } = (row['changeAuditStamps'] ?? {}) as { created?: { time?: unknown } };
  const createdAt = created?.time ?? row['createdAt'];
  return {
    externalId: idOf(row['id']),
    name,
    clientToken: tokenInName(name),
    status: toStatus(String(row[collectionOf(kind).status] ?? 'UNKNOWN')),
    createdAt: typeof createdAt === 'number' ? new Date(createdAt) : null,
    fields: { ...row, ...beside },
    raw: row,
  };
}

/** The post a creative refers to; null = it shows something else. */
export function postOf(creative: Row): string | null {
  const reference = isRow(creative['content']) ? creative['content']['reference'] : undefined;
  return typeof reference === 'string' ? reference : null;
}
