import { CLIENT_TOKEN_PATTERN, tokenInName } from '#shared/rules/client-token.ts';
import type { AsBuilt } from '../ad-platform.ts';
import { LEVELS, type Level } from './levels.ts';
import type { Row } from './query.ts';
import { ownStatus } from './to-status.ts';
import type { Fields } from './to-operations.ts';

/** One row as read back, with the criteria that were read beside it. The platform tells nobody when a thing was made. */
export function toAsBuilt(kind: Level, row: Row, criteria: readonly Fields[] = []): AsBuilt {
  const object = row[LEVELS[kind].row] ?? {};
  const self = kind === 'ad' ? ((object['ad'] ?? {}) as Fields) : object;
  const name = typeof self['name'] === 'string' ? self['name'] : '';
  return {
    externalId: String(self['id']),
    name,
    clientToken: tokenInName(name) ?? tokenInSuffix(self['finalUrlSuffix']),
    status: ownStatus(object['status']),
    createdAt: null,
    fields: { ...row, criteria },
    raw: row,
  };
}

function tokenInSuffix(suffix: unknown): string | null {
  const token = typeof suffix === 'string' ? new URLSearchParams(suffix).get('inlay') : null;
  return token !== null && CLIENT_TOKEN_PATTERN.test(token) ? token : null;
}
