import type { z } from 'zod';
import { REASONS, type Reason } from '#shared/contracts/reasons.ts';
import type { FieldError } from '../kernel/errors.ts';

/** A broken rule of a contract as callers are told it: where, in words, and the reason that clients translate. */
export function fieldError(issue: z.core.$ZodIssue): FieldError {
  const reason = reasonOf(issue);
  // The library's own words for a field left blank name types and signs.
  const message = reason === 'empty' ? 'Fill this in.' : issue.message;
  return { path: issue.path.map(String).join('.'), message, ...(reason === null ? {} : { reason }) };
}

function reasonOf(issue: z.core.$ZodIssue): Reason | null {
  if (issue.code === 'custom') return REASONS.find((reason) => reason === issue.params?.['reason']) ?? null;
  if (issue.code === 'invalid_format') return issue.format === 'email' ? 'email_form' : 'wrong_form';
  if (issue.code === 'too_big' && issue.origin === 'string') return 'too_long';
  if (issue.code === 'too_small' && issue.origin === 'string') return issue.minimum === 1 ? 'empty' : 'too_short';
  return null;
}
