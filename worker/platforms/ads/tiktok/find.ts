import { tokenInName } from '#shared/rules/client-token.ts';
import type { AdSession, AsBuilt, EntityKind, ObjectKind } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import type { Row } from './client.ts';
import { entityKind, familiesToAsk, level, type Family } from './families.ts';
import { MOST } from './limits.ts';
import { chunks, listAll, listPage } from './lists.ts';
import { toAsBuilt } from './to-as-built.ts';

export interface Wanted {
  clientToken: string;
  name: string;
  parent?: string;
}

/** Up to so many names are asked for one by one; from there on a list is cheaper. */
const FEW = 4;

/** Living objects that carry a wanted token. A token belongs to one family: what was found in the first is not looked for in the other. */
export async function findByTokens(session: AdSession, kind: ObjectKind, wanted: readonly Wanted[]): Promise<AsBuilt[]> {
  if (kind === 'creative') return [];
  const found = new Map<string, AsBuilt>();
  for (const family of familiesToAsk(session)) {
    const known = new Set([...found.values()].map((one) => one.clientToken));
    const open = wanted.filter((one) => !known.has(one.clientToken));
    if (open.length === 0) break;
    const tokens = new Set(open.map((one) => one.clientToken));
    for (const row of await candidates(session, family, entityKind(kind), open)) {
      const built = toAsBuilt(family, entityKind(kind), row);
      if (built.clientToken !== null && tokens.has(built.clientToken)) found.set(built.externalId, built);
    }
  }
  return [...found.values()].toSorted(oldestFirst);
}

/** Below their parents where these are known, else by whole names while they are few, else everything. */
async function candidates(session: AdSession, family: Family, kind: EntityKind, wanted: readonly Wanted[]): Promise<Row[]> {
  const { inside, byName, name } = level(family, kind);
  const parents = wanted.map((one) => one.parent);
  const lists =
    inside !== null && parents.every((parent) => parent !== undefined)
      ? chunks([...new Set(parents)], MOST.readIds).map((ids) => ({ [inside]: ids }))
      : byName && wanted.length <= FEW
        ? wanted.map((one) => ({ [name]: one.name }))
        : [{}];
  const rows: Row[] = [];
  for (const filtering of lists) rows.push(...(await listAll(session, family, kind, filtering)));
  return rows;
}

/** One page of all that carries any token; `after` names the family and the page. */
export async function listCarrying(
  session: AdSession,
  kind: ObjectKind,
  after: string | null,
): Promise<{ objects: AsBuilt[]; after: string | null }> {
  if (kind === 'creative') return { objects: [], after: null };
  const [word = 'classic', number = '1'] = after?.split(':') ?? [];
  const family: Family = word === 'smart' ? 'smart' : 'classic';
  const page = Number(number);
  // Whether a name filter takes a part of a name is not known, so names are read here.
  const { rows, isLast } = await listPage(session, family, entityKind(kind), {}, page);
  const next = isLast ? (family === 'classic' ? 'smart:1' : null) : `${family}:${page + 1}`;
  const objects = rows.map((row) => toAsBuilt(family, entityKind(kind), row)).filter((one) => tokenInName(one.name) !== null);
  return { objects, after: next };
}
