import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { sha256Hex } from '../../../kernel/bytes.ts';
import type { AsBuilt } from '../../../platforms/ads/ad-platform.ts';
import { buildRequest, type ObjectRow } from '../engine/build-request.ts';
import type { Run } from '../engine/run-state.ts';
import type { Change } from './undo-state.ts';

/**
 * What somebody changed of an object since it was read back: every field we set, as it is now against as it was built. Its own switch is
 * no change: being off or on is what an undo ends anyway. An object that was never read back is held against the plan.
 */
export function changedSince(run: Pick<Run, 'platform' | 'account' | 'parents'>, row: ObjectRow, found: AsBuilt): Change[] {
  const request = buildRequest(row, run.account, run.parents);
  const differs = (built: AsBuilt) =>
    new Map(
      run.platform.objects
        .compare(request, built)
        .filter(({ field }) => field !== 'status')
        .map((one) => [one.field, one]),
    );
  const built = row.asBuilt as Pick<AsBuilt, 'name' | 'status' | 'fields'> | null;
  const then = built === null ? new Map<string, never>() : differs({ ...found, ...built });
  const now = differs(found);
  const changes: Change[] = [];
  for (const { field, planned, found: value } of now.values()) {
    const before = then.get(field)?.found ?? planned;
    if (before !== value) changes.push({ field, before, now: value });
  }
  for (const { field, planned, found: before } of then.values()) if (!now.has(field)) changes.push({ field, before, now: planned });
  return changes;
}

/** What a person confirms: exactly these changes and no others. */
export const hashOfChanges = (changes: readonly Change[]): Promise<string> => sha256Hex(canonicalJson(changes));
