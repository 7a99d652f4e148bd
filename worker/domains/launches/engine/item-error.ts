import type { CallOutcome } from '#shared/rules/launch-states.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import type { ItemError } from './run-state.ts';

const NO_RISK = 'No money is at risk: nothing of this row is running.';
/** Codes no change of the row can cure. */
const FATAL = new Set(['368', '2635']);

/** Failure class of a call as an outcome. Anything that is not a plain answer is unclear. */
export function outcomeOf(error: unknown): CallOutcome {
  if (!(error instanceof PlatformError)) return { kind: 'unclear', cause: 'unreadable', code: null };
  const code = [error.detail.code, error.detail.subcode].filter(Boolean).join('/') || String(error.detail.httpStatus ?? 'none');
  switch (error.failure) {
    case 'throttled':
      return {
        kind: 'throttled',
        retryAfterMs: error.detail.retryAfterSeconds === undefined ? null : error.detail.retryAfterSeconds * 1000,
        code,
      };
    case 'auth':
      return { kind: 'connection', reason: 'expired', code };
    case 'refused':
    case 'missing':
      return { kind: 'rejected', code, message: error.message, field: error.detail.field ?? null };
    case 'unknown':
      return { kind: 'unclear', cause: causeOf(error), code };
  }
}

function causeOf(error: PlatformError): 'timeout' | 'reset' | 'server-error' | 'unreadable' | 'flaky-code' {
  const transport = (error.detail.raw as { transport?: unknown } | undefined)?.transport;
  if (transport !== undefined) return transport === 'TimeoutError' ? 'timeout' : 'reset';
  if (error.detail.subcode === '1487390') return 'flaky-code';
  return (error.detail.httpStatus ?? 0) >= 500 ? 'server-error' : 'unreadable';
}

export function itemError(outcome: Extract<CallOutcome, { kind: 'rejected' }>, raw: unknown): ItemError {
  const isFatal = FATAL.has(outcome.code);
  const where = outcome.field === null ? '' : ` (field: ${outcome.field})`;
  return {
    code: outcome.code,
    message: `The platform refused this row: ${outcome.message}${where}`,
    raw,
    atRisk: NO_RISK,
    retry: isFatal ? 'fatal' : 'fixable',
    fix: isFatal
      ? 'This cannot be repeated. Look at the account in the ad manager.'
      : 'Correct what the platform names: here, at the platform, or in a new plan. Then retry the failed rows.',
  };
}

/** A corrected row that waits for a second person's approval. */
export const correctedError = (): ItemError => ({
  code: 'corrected',
  message: 'This row was corrected and waits for a second person’s approval; then it is sent, it alone.',
  fix: 'Ask for approval.',
  atRisk: NO_RISK,
  raw: null,
  retry: 'ask',
});

export const flakyError = (raw: unknown): ItemError => ({
  code: 'flaky',
  message: 'The platform gave no clear answer several times; each time the object was looked for and does not exist.',
  fix: 'Retry the failed rows; if it stays, try later.',
  atRisk: NO_RISK,
  raw,
  retry: 'flaky',
});
export const heldError = (raw: unknown): ItemError => ({
  code: 'held',
  message: 'The platform did not let us look whether this object exists.',
  fix: 'When the platform answers again, retry the failed rows: the object is looked for twice and made only if it is missing. A cancel looks for it, too.',
  atRisk: 'Almost certainly none: if it exists it is paused.',
  raw,
  retry: 'ask',
});
export const droppedError = (raw: unknown): ItemError => ({
  code: 'dropped',
  message: 'The launch was cancelled and the platform did not let us look whether this object exists: the row was dropped.',
  fix: 'Nothing to do. If the object turns up in the later looks, it is archived.',
  atRisk: 'Almost certainly none: if it exists it is paused.',
  raw,
  retry: 'fatal',
});
