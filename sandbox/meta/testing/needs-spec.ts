import type { TestContext } from 'vitest';
import { loadMetaSpec } from '../spec-check.ts';

/** The only allowed reason to skip here: the published spec may not be committed and lies beside the repository, or not. */
export const WHY_SKIPPED = 'skipped: the published spec does not lie beside the repository (../shared/specs/meta)';

export function skipWithoutSpec(context: TestContext): void {
  if (loadMetaSpec() !== null) return;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  context.skip(WHY_SKIPPED);
}
