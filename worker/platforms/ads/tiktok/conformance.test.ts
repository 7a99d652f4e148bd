import { afterAll, beforeAll, describe } from 'vitest';
import type { AdSpec, CampaignSpec } from '#shared/rules/planned-item.ts';
import { createSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import { movie } from '../../../testing/test-plan.ts';
import { conformance } from '../../../testing/conformance/conformance.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { tiktokAds } from './index.ts';
import { ADVERTISER, tiktokPlan } from '../../../testing/tiktok-plan.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

const KINDS = { campaign: 'campaign', ad_set: 'ad_set', ad: 'ad', image: 'image', video: 'video' } as const;

/** Both families keep every promise: classic ads, which share calls, and Smart+ ones, which travel alone. */
describe.each(['traffic', 'sales', 'leads'] as const)('%s', (goal) => {
  const { plan, files } = tiktokPlan(goal);
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await createSandbox({ seed: 7 });
    sandbox.tiktok.settings.videoProcessingMs = 100;
    sandbox.tiktok.setTier('unlimited');
  });
  afterAll(() => sandbox.close());

  conformance(
    (): Subject => ({
      platform: tiktokAds,
      sandbox,
      plan,
      session: () => ({
        outside: outsideOf(sandbox),
        accessToken: sandbox.tiktok.issueToken(),
        accountExternalId: ADVERTISER,
        timeoutMs: 5_000,
        appId: '7400000000000000001',
        appSecret: 'sandbox-tiktok-secret',
      }),
      picture(mediaKey) {
        const file = files.find((one) => one.fileName === mediaKey) ?? files[0];
        if (!file) throw new Error('no files');
        return { name: file.fileName, bytes: file.bytes.buffer };
      },
      video: () => movie({ width: 720, height: 1280, seconds: 10, padding: 200_000 }),
      made: () =>
        sandbox.tiktok.objects().flatMap((one) => {
          const kind = KINDS[one.kind as keyof typeof KINDS];
          return kind === undefined || one.demo ? [] : [{ id: one.id, kind, name: one.name, isOn: one.status === 'ENABLE' }];
        }),
      expireTokens: () => sandbox.tiktok.expireTokens(),
      rename: (id, name) => sandbox.tiktok.editNatively(id, { ad_name: name }),
      spoil: (request) => ({
        ...request,
        spec:
          request.kind === 'ad'
            ? { ...(request.spec as AdSpec), creative: { ...(request.spec as AdSpec).creative, pageId: '1' } }
            : { ...(request.spec as CampaignSpec), optimizationGoal: 'NOTHING', currency: 'JPY', specialAdCategories: ['NOTHING'] },
      }),
    }),
    { videos: true },
  );
});
