import { afterAll, beforeAll } from 'vitest';
import { createSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_IDS } from '../../../../sandbox/linkedin/index.ts';
import { linkedinPlan } from '../../../testing/linkedin-plan.ts';
import { movie } from '../../../testing/test-plan.ts';
import { conformance } from '../../../testing/conformance/conformance.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { linkedinAds } from './index.ts';
import { numberOf, urn } from './urn.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

const KINDS = new Set(['campaign', 'ad_set', 'ad', 'image', 'video']);
const { plan, files } = linkedinPlan({ adSets: 2, concepts: 2, ratios: ['1x1'] });
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 7 });
  Object.assign(sandbox.linkedin.settings, { imageProcessingMs: 20, videoProcessingMs: 100 });
});
afterAll(() => sandbox.close());

conformance(
  (): Subject => ({
    platform: linkedinAds,
    sandbox,
    plan,
    session: () => ({
      outside: outsideOf(sandbox),
      accessToken: sandbox.linkedin.issueToken(),
      accountExternalId: DEMO_IDS.account,
      timeoutMs: 5_000,
    }),
    picture(mediaKey) {
      const file = files.find((one) => one.fileName === mediaKey) ?? files[0];
      if (!file) throw new Error('no files');
      return { name: file.fileName, bytes: file.bytes.buffer };
    },
    video: () => movie({ width: 720, height: 1280, seconds: 10, padding: 200_000 }),
    // A post is part of its ad: it is made and read with the creative, and nothing runs by it alone.
    made: () =>
      sandbox.linkedin
        .objects()
        .flatMap((one) =>
          KINDS.has(one.kind) && !one.demo
            ? [{ id: numberOf(one.id) ?? one.id, kind: one.kind as 'ad', name: one.name, isOn: one.status === 'ACTIVE' }]
            : [],
        ),
    expireTokens: () => sandbox.linkedin.expireTokens(),
    rename: (id, name) => sandbox.linkedin.editNatively(urn.creative(id), { name }),
    spoil: (request) => {
      const spec = request.spec as { creative?: object };
      return {
        ...request,
        ...(request.kind === 'campaign' ? { name: '' } : {}),
        spec: {
          ...spec,
          objective: 'NOTHING',
          ...(spec.creative ? { creative: { ...spec.creative, pageId: '1' } } : {}),
        },
      };
    },
  }),
  { videos: true },
);
