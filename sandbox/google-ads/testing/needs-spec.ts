import type { TestContext } from 'vitest';
import { loadAdsSpec } from '../spec-check.ts';

/** The only allowed reason to skip here: the wire document may not be committed and lies beside the repository, or not. */
const WHY_SKIPPED = 'skipped: the wire document does not lie beside the repository (../shared/specs/google-ads)';

export function skipWithoutSpec(context: TestContext): void {
  if (loadAdsSpec() !== null) return;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  context.skip(WHY_SKIPPED);
}
