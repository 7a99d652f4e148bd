import type { LaunchItem } from '#shared/contracts/launches.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { correctableFields } from '#shared/rules/correct-row.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import type { launchAttempts, launchCorrections, launchItems } from '#schema/index.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import type { Validation } from './engine/check-launch.ts';
import type { ItemError } from './engine/run-state.ts';
import { correctedError } from './engine/item-error.ts';
import type { AcceptedDifference } from './engine/accepted.ts';
import type { DriftField } from './engine/write-seen.ts';

export type Correction = typeof launchCorrections.$inferSelect;
type Item = typeof launchItems.$inferSelect;
type Attempt = typeof launchAttempts.$inferSelect;

/** One receipt: what was planned, every attempt, what the platform says exists. */
export function presentItem(
  item: Item,
  attempts: Attempt[],
  account: { platform: AdPlatformId; externalId: string },
  { people, corrections }: { people: ReadonlyMap<string, string>; corrections: readonly Correction[] },
): LaunchItem {
  return {
    id: item.id,
    kind: item.kind,
    itemPath: item.itemPath,
    name: item.kind === 'media' ? item.name : nameWithToken(item.name, item.clientToken),
    state: item.state,
    externalId: item.externalId,
    parentItemId: item.parentItemId,
    validation: item.validation as Validation | null,
    drift: (item.drift as DriftField[] | null) ?? [],
    correctable: canBeCorrected(item) ? correctableFields(item) : [],
    corrections: corrections.map((one) => ({
      by: people.get(one.by) ?? one.by,
      at: one.at.toISOString(),
      changes: changesOf(item.kind, one),
    })),
    accepted: ((item.accepted as AcceptedDifference[] | null) ?? []).map((one) => ({ ...one, by: people.get(one.by) ?? one.by })),
    error: item.lastError as ItemError | null,
    attempts: attempts
      .toSorted((a, b) => a.n - b.n)
      .map((attempt) => ({
        n: attempt.n,
        sentAt: attempt.sentAt.toISOString(),
        finishedAt: attempt.finishedAt?.toISOString() ?? null,
        outcome: attempt.outcome,
        requestHash: attempt.requestHash,
        traceId: attempt.platformTraceId,
        detail: attempt.detail ?? null,
      })),
    managerUrl:
      item.kind === 'media' || item.externalId === null
        ? null
        : adPlatform(account.platform).objects.managerUrl(account.externalId, item.kind, item.externalId),
  };
}

const canBeCorrected = ({ state, lastError }: Item): boolean => {
  const error = lastError as ItemError | null;
  return state === 'REJECTED' && (error?.retry === 'fixable' || error?.code === correctedError().code);
};

function changesOf(kind: Item['kind'], { before, after, fields }: Correction): LaunchItem['corrections'][number]['changes'] {
  const read = (spec: unknown, field: string) =>
    correctableFields({ kind, itemPath: '', spec }).find((one) => one.field === field)?.value ?? null;
  return fields.map((field) => ({ field, before: read(before, field), after: read(after, field) }));
}
