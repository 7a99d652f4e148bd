import { PlatformError } from '../../platform-error.ts';
import type { AdSession, AsBuilt, EntityKind, ObjectKind } from '../ad-platform.ts';
import { entityKind, familiesToAsk, level, noteFamily, type Family } from './families.ts';
import { MOST } from './limits.ts';
import { ALSO_DELETED, chunks, listPage } from './lists.ts';
import { toAsBuilt } from './to-as-built.ts';

export interface Ref {
  kind: ObjectKind;
  externalId: string;
}
/** An object with the family it was found in: an id alone does not say. */
export interface Found {
  family: Family;
  kind: EntityKind;
  built: AsBuilt;
}

/**
 * Objects by id, deleted ones too, a hundred per call: of one family first, then of the other what was not among them. Each answer
 * stands alone. @throws PlatformError when all of it came to the same
 */
export async function readObjects(session: AdSession, refs: readonly Ref[]): Promise<Map<string, Found | PlatformError>> {
  const answers = new Map<string, Found | PlatformError>();
  for (const kind of new Set(refs.map((ref) => entityKind(ref.kind)))) {
    const ids = [...new Set(refs.filter((ref) => ref.kind === kind).map((ref) => ref.externalId))];
    for (const part of chunks(ids, MOST.readIds))
      for (const [id, answer] of await orEach(part, () => readPart(session, kind, part))) answers.set(id, answer);
  }
  throwIfAll(answers);
  return answers;
}

async function readPart(session: AdSession, kind: EntityKind, ids: readonly string[]): Promise<Map<string, Found | PlatformError>> {
  const answers = new Map<string, Found | PlatformError>();
  for (const family of familiesToAsk(session)) {
    const open = ids.filter((id) => !answers.has(id));
    if (open.length === 0) break;
    const { rows } = await listPage(session, family, kind, { [level(family, kind).ids]: open, ...ALSO_DELETED }, 1);
    if (rows.length > 0) noteFamily(session, family);
    for (const row of rows) {
      const built = toAsBuilt(family, kind, row);
      if (open.includes(built.externalId)) answers.set(built.externalId, { family, kind, built });
    }
  }
  for (const id of ids) if (!answers.has(id)) answers.set(id, missing(id));
  return answers;
}

const missing = (id: string): PlatformError =>
  new PlatformError('missing', `The platform lists no object ${id}.`, { platform: 'tiktok', code: 'not_listed' });

/** One failed call is the answer for each thing it was about. */
export async function orEach<T>(
  ids: readonly string[],
  work: () => Promise<Map<string, T | PlatformError>>,
): Promise<Map<string, T | PlatformError>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return new Map(ids.map((id) => [id, error]));
  }
}

/** When every answer is one and the same failure, nothing was learnt about any of them. */
export function throwIfAll(answers: ReadonlyMap<string, unknown>): void {
  const [first, ...others] = answers.values();
  if (first instanceof PlatformError && first.detail.code !== 'not_listed' && others.every((one) => one === first)) throw first;
}
