import { existsSync, readFileSync } from 'node:fs';
import type { TestContext } from 'vitest';

/** Hand-written facts that lie beside the repository, or not. Only what the tests compare is named. */
export interface SnapFacts {
  oauth: { scopes: string[]; token_response: { expires_in: number } };
  endpoints: [string, string][];
  bulk_caps: Record<string, number>;
  campaign: Record<string, unknown>;
  adsquad: Record<string, unknown>;
  ad: Record<string, unknown>;
  creative: Record<string, unknown>;
  media: Record<string, unknown>;
  lead_form: Record<string, unknown>;
  lead_webhook: { register_answer: string[]; always: string[]; conditional: string[] };
  goals_by_objective_and_location: Record<string, unknown>;
  stats: Record<string, unknown>;
  rate_limits: { per_app_rps: number; per_token_rps: number };
  envelope: { top_level_error: object };
}

const FILE = new URL('../../../../shared/specs/snapchat/snap-ads.facts.json', import.meta.url);
const WHY_SKIPPED = 'skipped: the facts do not lie beside the repository (../shared/specs/snapchat)';

/** The facts, or a skip that says why: the only allowed reason here. */
export function factsOrSkip(context: TestContext): SnapFacts {
  if (existsSync(FILE)) return JSON.parse(readFileSync(FILE, 'utf8')) as SnapFacts;
  process.stderr.write(`${context.task.file.name}, ${context.task.name}: ${WHY_SKIPPED}\n`);
  context.skip(WHY_SKIPPED);
  throw new Error(WHY_SKIPPED);
}
