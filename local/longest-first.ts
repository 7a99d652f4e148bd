import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that run for long, with about how many seconds: begun last, one of them would run alone at the end. `npm test` prints its ten
 * slowest; who finds another there adds it.
 */
export const LONG: Readonly<Record<string, number>> = {
  'e2e/journeys.test.ts': 120,
  'worker/domains/launches/mutants.test.ts': 150,
  'worker/domains/launches/exactly-once.test.ts': 120,
  'worker/domains/launches/videos-once.test.ts': 105,
  'worker/domains/launches/weather.test.ts': 100,
  'worker/domains/launches/held.test.ts': 93,
  'worker/domains/launches/snapchat.test.ts': 59,
  'worker/domains/launches/google-ads.test.ts': 58,
  'worker/domains/launches/status.test.ts': 55,
  'e2e/overlay/overlay.test.ts': 52,
  'worker/domains/launches/recover.test.ts': 51,
  'worker/domains/launches/tiktok.test.ts': 49,
  'worker/domains/launches/races.test.ts': 47,
  'worker/testing/tenancy/tenancy.test.ts': 37,
  'widget/page.test.ts': 30,
  'worker/domains/machines/webhooks-out/deliveries.test.ts': 22,
  'worker/domains/launches/sweeps.test.ts': 21,
  'local/stack.test.ts': 19,
  'worker/domains/launches/linkedin.test.ts': 18,
  'worker/domains/launches/operate.test.ts': 18,
  'e2e/host-pages/ads-manager.test.ts': 18,
};
/** Of a file that is not named: the rest of a project stays together, so that its processes are kept. */
const OTHERS: Readonly<Record<string, number>> = { worker: 3, clients: 2, pure: 1 };

/** Long files first, whatever this machine remembers of other runs. */
export class LongestFirst extends BaseSequencer {
  override async sort(specs: TestSpecification[]): Promise<TestSpecification[]> {
    const place = (spec: TestSpecification) => path.relative(spec.project.vitest.config.root, spec.moduleId).replaceAll(path.sep, '/');
    const seconds = (spec: TestSpecification) => LONG[place(spec)] ?? OTHERS[spec.project.name] ?? 0;
    return specs.toSorted((a, b) => seconds(b) - seconds(a) || (place(a) < place(b) ? -1 : 1));
  }
}
