import { refusal, type AdsError } from '../ads-error.ts';

/** A query that the platform does not take; reasons are published [S], words are ours. */
export function queryError(reason: string, message: string, trigger?: string): AdsError {
  return refusal('queryError', reason, `Error in query: ${message}`, trigger === undefined ? {} : { trigger });
}
