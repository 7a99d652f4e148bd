import type { Stack } from './stack.ts';

/** Said wherever the check would have been, when it cannot be. */
export const NO_SPEC = "note: ../shared/specs is not here; requests and answers are not held against the platform's own specification.";

/** Every request sent to Meta and every answer given in its name that its published spec does not allow, at most ten of them. */
export function againstSpec({ sandbox }: Pick<Stack, 'sandbox'>): string[] {
  return sandbox.log.violations.slice(0, 10).map(({ where, problem }) => `against the spec: ${where}: ${problem}`);
}
