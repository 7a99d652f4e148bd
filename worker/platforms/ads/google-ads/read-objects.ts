import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt } from '../ad-platform.ts';
import { unreadable } from './client.ts';
import { LEVELS, type Level } from './levels.ts';
import { ids, listed, queryRows, type Row } from './query.ts';
import { toAsBuilt } from './to-as-built.ts';
import type { Fields } from './to-operations.ts';

/** Where a level's criteria are kept: ads have none. */
const CRITERIA = {
  campaign: {
    resource: 'campaign_criterion',
    row: 'campaignCriterion',
    of: 'campaign',
    kinds: ['location.geo_target_constant', 'language.language_constant'],
  },
  ad_set: {
    resource: 'ad_group_criterion',
    row: 'adGroupCriterion',
    of: 'adGroup',
    kinds: ['location.geo_target_constant', 'language.language_constant', 'age_range.type', 'keyword.text', 'keyword.match_type'],
  },
} as const;

/** Objects of one level by id, each with every field we set; a query for the objects, and two for what hangs on them. */
export async function readLevel(
  session: AdSession,
  kind: Level,
  externalIds: readonly string[],
): Promise<Map<string, AsBuilt | PlatformError>> {
  const { resource, id, identity, fields } = LEVELS[kind];
  const rows = await queryRows(
    session,
    session.accountExternalId,
    `SELECT ${[...identity, ...fields].join(', ')} FROM ${resource} WHERE ${id} IN ${ids(externalIds)}`,
  );
  const criteria = await readCriteria(session, kind, rows);
  const found = new Map(
    rows.map((row) => {
      const { externalId } = toAsBuilt(kind, row);
      const own = criteria.get(nameOf(kind, row));
      return [externalId, own instanceof PlatformError ? own : toAsBuilt(kind, row, own ?? [])] as const;
    }),
  );
  const missing = (): PlatformError =>
    new PlatformError('missing', 'There is no such object.', { platform: 'google-ads', code: 'not_found' });
  return new Map(externalIds.map((one) => [one, found.get(one) ?? missing()]));
}

const nameOf = (kind: Level, row: Row): string => String(row[LEVELS[kind].row]?.['resourceName']);

/**
 * What hangs on each object, by the object's name. Objects are read by id and seen at once; criteria come by a search, which may lag
 * behind. So the search is first asked for the objects themselves: while it does not know one, nobody can say what hangs on it.
 */
async function readCriteria(session: AdSession, kind: Level, rows: readonly Row[]): Promise<Map<string, Fields[] | PlatformError>> {
  const bearing = rows.filter((row) => kind === 'ad_set' || row['campaign']?.['advertisingChannelType'] === 'SEARCH');
  if (kind === 'ad' || bearing.length === 0) return new Map();
  const known = await knownToSearch(session, kind, bearing);
  const by = new Map<string, Fields[] | PlatformError>(
    bearing.map((row) => [
      nameOf(kind, row),
      known.has(nameOf(kind, row)) ? [] : unreadable('What hangs on this object cannot be read yet.'),
    ]),
  );
  if (known.size === 0) return by;
  const { resource, row: word, of, kinds } = CRITERIA[kind];
  const { id } = LEVELS[kind];
  const wanted = ids(bearing.map((row) => toAsBuilt(kind, row).externalId));
  const columns = ['type', 'negative', 'status', ...kinds].map((column) => `${resource}.${column}`);
  const shown = await queryRows(
    session,
    session.accountExternalId,
    `SELECT ${[id, ...columns].join(', ')} FROM ${resource} WHERE ${id} IN ${wanted} AND ${resource}.status != 'REMOVED'`,
  );
  for (const row of shown) {
    const list = by.get(String(row[of]?.['resourceName']));
    if (Array.isArray(list)) list.push(row[word] ?? {});
  }
  return by;
}

/** Those of the objects that a search by name finds, as it finds their criteria. */
async function knownToSearch(session: AdSession, kind: Level, rows: readonly Row[]): Promise<Set<string>> {
  const { resource, id, name } = LEVELS[kind];
  const names = listed(rows.map((row) => toAsBuilt(kind, row).name));
  const found = await queryRows(session, session.accountExternalId, `SELECT ${id} FROM ${resource} WHERE ${name} IN ${names}`);
  return new Set(found.map((row) => nameOf(kind, row)));
}
