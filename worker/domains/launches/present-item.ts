import type { LaunchItem, UndoReceipt } from '#shared/contracts/launches.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import { correctableFields } from '#shared/rules/correct-row.ts';
import { nameWithToken } from '#shared/rules/client-token.ts';
import type { launchAttempts, launchCorrections, launchEvents, launchItems } from '#schema/index.ts';
import { adPlatform } from '../../platforms/ads/registry.ts';
import type { Validation } from './engine/check-launch.ts';
import type { ItemError } from './engine/run-state.ts';
import { correctedError } from './engine/item-error.ts';
import type { AcceptedDifference } from './engine/accepted.ts';
import type { DriftField } from './engine/write-seen.ts';
import { undoOf } from './undo/undo-state.ts';

export type Correction = typeof launchCorrections.$inferSelect;
type Item = typeof launchItems.$inferSelect;
type Attempt = typeof launchAttempts.$inferSelect;
type Event = typeof launchEvents.$inferSelect;

/** One receipt: what was planned, every attempt, what the platform says exists. */
export function presentItem(
  item: Item,
  { attempts, steps }: { attempts: Attempt[]; steps: Event[] },
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
    undo: presentUndo(item, steps),
    managerUrl:
      item.kind === 'media' || item.externalId === null
        ? null
        : adPlatform(account.platform).objects.managerUrl(account.externalId, item.kind, item.externalId),
  };
}

const STEP = {
  undo_sent: 'sent',
  undo_answered: 'answered',
  undo_changed: 'changed',
  undo_refused: 'refused',
  undone: 'undone',
} as const;
export const UNDO_STEPS = Object.keys(STEP);

function presentUndo(item: Item, steps: Event[]): UndoReceipt | null {
  const undo = undoOf(item);
  if (undo === null && steps.length === 0) return null;
  return {
    state: undo?.state ?? 'sent',
    how: undo?.how ?? null,
    changes: undo?.changes ?? [],
    changesHash: undo?.hash ?? null,
    error: undo?.error ?? null,
    steps: steps.map((event) => {
      const { n, outcome, action, how, code, traceId } = (event.detail ?? {}) as Record<string, unknown>;
      const said = [outcome, action, how, code].find((one) => typeof one === 'string');
      return {
        step: STEP[event.kind as keyof typeof STEP],
        at: event.at.toISOString(),
        n: typeof n === 'number' ? n : null,
        outcome: typeof said === 'string' ? said : null,
        traceId: typeof traceId === 'string' ? traceId : null,
      };
    }),
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
