import type { TestContext } from 'vitest';
import { loadTiktokSpec } from '../spec-check.ts';

/** The only allowed reason to skip here: parts of the published data may not be committed and lie beside the repository, or not. */
const WHY_SKIPPED = 'skipped: the published spec does not lie beside the repository (../shared/specs/tiktok)';

export function skipWithoutSpec(context: TestContext): void {
  if (loadTiktokSpec() !== null) return;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  context.skip(WHY_SKIPPED);
}
