import { afterAll, beforeAll } from 'vitest';
import { createSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import { movie, testPlan } from '../../../testing/test-plan.ts';
import { conformance } from '../../../testing/conformance/conformance.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { metaAds } from './index.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

const KINDS = { campaign: 'campaign', adset: 'ad_set', creative: 'creative', ad: 'ad', image: 'image', video: 'video' } as const;
const { plan, files } = testPlan({ adSets: 2, concepts: 2, ratios: ['1x1'] });
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 7 });
  sandbox.meta.settings.videoProcessingMs = 100;
});
afterAll(() => sandbox.close());

conformance(
  (): Subject => ({
    platform: metaAds,
    sandbox,
    plan,
    session: () => ({
      outside: outsideOf(sandbox),
      accessToken: sandbox.meta.issueToken(),
      accountExternalId: '1000000001',
      timeoutMs: 5_000,
      appSecret: 'sandbox-meta-secret',
    }),
    picture(mediaKey) {
      const file = files.find((one) => one.fileName === mediaKey) ?? files[0];
      if (!file) throw new Error('no files');
      return { name: file.fileName, bytes: file.bytes.buffer };
    },
    video: () => movie({ width: 720, height: 1280, seconds: 10, padding: 200_000 }),
    made: () =>
      sandbox.meta.objects().flatMap((one) => {
        const kind = KINDS[one.kind as keyof typeof KINDS];
        return kind === undefined || one.demo
          ? []
          : [{ id: one.id, kind, name: one.name, isOn: one.status === 'ACTIVE' && kind !== 'creative' }];
      }),
    expireTokens: () => sandbox.meta.expireTokens(),
    rename: (id, name) => sandbox.meta.editNatively(id, { name }),
    spoil: (request) => ({
      ...request,
      spec: { ...(request.spec as object), objective: 'OUTCOME_NOTHING', optimizationGoal: 'NOTHING', pageId: '1' },
      parents: { ...request.parents, ...(request.kind === 'ad' ? { creative: '1' } : {}) },
    }),
  }),
  { videos: true },
);
