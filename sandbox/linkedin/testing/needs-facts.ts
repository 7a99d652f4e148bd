import type { TestContext } from 'vitest';
import { loadLinkedinFacts } from '../spec-check.ts';

/** The only allowed reason to skip here: the registered error codes may not be committed and lie beside the repository, or not. */
const WHY_SKIPPED = 'skipped: the written-down facts do not lie beside the repository (../shared/specs/linkedin)';

export function skipWithoutFacts(context: TestContext): void {
  if (loadLinkedinFacts() !== null) return;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  context.skip(WHY_SKIPPED);
}
