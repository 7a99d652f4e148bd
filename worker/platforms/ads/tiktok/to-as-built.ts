import { tokenInName } from '#shared/rules/client-token.ts';
import type { AsBuilt, EntityKind } from '../ad-platform.ts';
import type { Row } from './client.ts';
import { level, type Family } from './families.ts';
import { toInstant } from './times.ts';
import { ownStatus } from './to-status.ts';

/** One row of a list as read back. `status` is the object's own switch, not what its parents make of it. */
export function toAsBuilt(family: Family, kind: EntityKind, row: Row): AsBuilt {
  const { id, name: nameField } = level(family, kind);
  const name = typeof row[nameField] === 'string' ? row[nameField] : '';
  return {
    externalId: String(row[id]),
    name,
    clientToken: tokenInName(name),
    status: ownStatus(row['operation_status']),
    createdAt: toInstant(row['create_time']),
    fields: row,
    raw: row,
  };
}
