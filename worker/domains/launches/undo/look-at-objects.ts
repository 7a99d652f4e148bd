import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import type { ObjectRow } from '../engine/build-request.ts';
import { repeat } from '../engine/repeat.ts';
import type { Run } from '../engine/run-state.ts';

/** What a read said of an object that is being undone. `unread` = nobody knows yet. */
export type Look = { is: 'there'; found: AsBuilt } | { is: 'gone' } | { is: 'unread'; error: PlatformError | null };

/** Reads these objects, each answer by itself; a failure of the whole call is the answer for each. An access that ended stops the run. */
export async function lookAtObjects(run: Run, rows: readonly ObjectRow[]): Promise<Map<string, Look>> {
  const named = rows.map((row) => ({ kind: row.kind, externalId: row.externalId as string }));
  const answers = await repeat(run, () => run.platform.objects.readMany(run.session, named), { reads: rows.length }).catch(
    (error: unknown) => {
      if (!(error instanceof PlatformError)) throw error;
      return new Map(named.map(({ externalId }) => [externalId, error]));
    },
  );
  return new Map(
    rows.map((row): [string, Look] => {
      const found = answers.get(row.externalId as string);
      if (found instanceof PlatformError && found.failure === 'auth') run.blocked = found;
      if (found instanceof PlatformError) return [row.id, found.failure === 'missing' ? { is: 'gone' } : { is: 'unread', error: found }];
      if (found === undefined) return [row.id, { is: 'unread', error: null }];
      return [row.id, isGone(run, row, found) ? { is: 'gone' } : { is: 'there', found }];
    }),
  );
}

/** Taken away as this platform does it. What can only be renamed is gone when it carries no token any more. */
function isGone(run: Run, row: ObjectRow, found: AsBuilt): boolean {
  if (platformRules(run.platform.id).removal.ways[row.kind] === 'renamed' && row.undo !== null) return found.clientToken === null;
  return found.status.unified === 'archived' || found.status.unified === 'deleted';
}
