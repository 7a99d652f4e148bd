import { PlatformError } from '../../platform-error.ts';
import type { AdSession, EntityKind } from '../ad-platform.ts';
import { call, type Row } from './client.ts';
import { level, type Family } from './families.ts';
import { MOST } from './limits.ts';
import { chunks } from './lists.ts';
import { orEach, readObjects, throwIfAll, type Found, type Ref } from './read-objects.ts';

const WORD = { active: 'ENABLE', paused: 'DISABLE', archived: 'DELETE' } as const;
type Wish = keyof typeof WORD;

/**
 * Twenty per call, by level and family, which is read first. What was deleted stays deleted: it is left out, because one such id refuses
 * the call for all of them where the platform makes no partial changes. @throws PlatformError when all of it came to the same
 */
export async function setStatuses(session: AdSession, refs: readonly Ref[], status: Wish): Promise<Map<string, true | PlatformError>> {
  const told = new Map<string, true | PlatformError>();
  const living: Found[] = [];
  for (const [id, answer] of await readObjects(session, refs)) {
    if (answer instanceof PlatformError) told.set(id, answer);
    else if (answer.built.status.unified !== 'deleted') living.push(answer);
    else told.set(id, status === 'archived' ? true : deleted(id));
  }
  for (const [kind, family] of groupsOf(living)) {
    const ids = living.filter((one) => one.kind === kind && one.family === family).map((one) => one.built.externalId);
    for (const part of chunks(ids, MOST.ids))
      for (const [id, answer] of await orEach(part, () => setPart(session, kind, family, part, status))) told.set(id, answer);
  }
  throwIfAll(told);
  return told;
}

function groupsOf(found: readonly Found[]): [EntityKind, Family][] {
  return [...new Map(found.map(({ kind, family }) => [`${kind} ${family}`, [kind, family] as [EntityKind, Family]])).values()];
}

async function setPart(
  session: AdSession,
  kind: EntityKind,
  family: Family,
  ids: readonly string[],
  status: Wish,
): Promise<Map<string, true | PlatformError>> {
  const { path, ids: list, id: idField } = level(family, kind);
  const said = await call(session, 'POST', `${path}status/update/`, {
    advertiser_id: session.accountExternalId,
    [list]: ids,
    operation_status: WORD[status],
    // Only classic ad groups ask; the others are all or nothing, or partial by themselves.
    ...(kind === 'ad_set' && family === 'classic' ? { allow_partial_success: true } : {}),
  });
  const failed = errorsIn(said.data, idField);
  return new Map(
    ids.map((id) => {
      const reason = failed.get(id);
      return [id, reason === undefined ? true : new PlatformError('unknown', reason, { platform: 'tiktok', code: String(said.code) })];
    }),
  );
}

/** Ids the platform names as not changed; without a code for each, so that nobody knows why. */
function errorsIn(data: unknown, idField: string): Map<string, string> {
  const list = (data as Row | null)?.['error_list'];
  if (!Array.isArray(list)) return new Map();
  return new Map(
    (list as Row[]).map((one) => [String(one[idField]), String(one['error_message'] ?? 'The platform did not make the change.')]),
  );
}

const deleted = (id: string): PlatformError =>
  new PlatformError('missing', `The object ${id} was deleted.`, { platform: 'tiktok', code: 'deleted' });
