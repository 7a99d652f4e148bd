import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, ObjectKind } from '../ad-platform.ts';
import { oldestFirst } from '../oldest-first.ts';
import { pathOf } from './client.ts';
import { WORDS } from './kinds.ts';
import { snapPages } from './read.ts';
import { toAsBuilt } from './to-as-built.ts';

/** A few parents are listed one by one; more of them cost more calls than the whole account. */
const MOST_PARENTS = 3;
type List = { path: string };

/** Everything of one kind in the ad account. */
export const accountList = (session: AdSession, kind: ObjectKind): List => ({
  path: pathOf('adaccounts', session.accountExternalId, WORDS[kind].plural),
});

/** There is no search: everything of the kind is listed, below its parents or in the account, whichever way the platform orders it. */
export async function findByTokens(
  session: AdSession,
  kind: ObjectKind,
  wanted: readonly { clientToken: string; parent?: string }[],
): Promise<AsBuilt[]> {
  const tokens = new Set(wanted.map((one) => one.clientToken));
  const below = parentLists(kind, wanted);
  try {
    return await carrying(session, kind, below ?? [accountList(session, kind)], tokens);
  } catch (error) {
    // What was made below a parent that is gone by now may still be there.
    if (below === null || !(error instanceof PlatformError) || error.failure !== 'missing') throw error;
    return carrying(session, kind, [accountList(session, kind)], tokens);
  }
}

function parentLists(kind: ObjectKind, wanted: readonly { parent?: string }[]): List[] | null {
  const above = kind === 'ad' ? WORDS.ad_set : kind === 'ad_set' ? WORDS.campaign : null;
  const parents = new Set(wanted.map((one) => one.parent ?? ''));
  if (above === null || parents.has('') || parents.size > MOST_PARENTS) return null;
  return [...parents].map((parent) => ({ path: pathOf(above.plural, parent, WORDS[kind].plural) }));
}

async function carrying(session: AdSession, kind: ObjectKind, lists: readonly List[], tokens: ReadonlySet<string>): Promise<AsBuilt[]> {
  const found: AsBuilt[] = [];
  for (const list of lists)
    for await (const rows of snapPages(session, list, WORDS[kind]))
      for (const built of rows.map((row) => toAsBuilt(kind, row)))
        if (built.clientToken !== null && tokens.has(built.clientToken)) found.push(built);
  return found.toSorted(oldestFirst);
}
