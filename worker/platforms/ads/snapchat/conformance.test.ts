import { afterAll, beforeAll, expect } from 'vitest';
import { createSandbox, type Sandbox } from '../../../../sandbox/index.ts';
import { DEMO_IDS } from '../../../../sandbox/snapchat/index.ts';
import { snapchatPlan } from '../../../testing/snapchat-plan.ts';
import { movie } from '../../../testing/test-plan.ts';
import { conformance } from '../../../testing/conformance/conformance.ts';
import type { Subject } from '../../../testing/conformance/subject.ts';
import { snapchatAds } from './index.ts';
import { outsideOf } from '../../../testing/outside-of.ts';

const NOTHING = '00000000-0000-4000-a000-000000000000';
const { plan, files } = snapchatPlan({ adSets: 2, concepts: 2 });
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox({ seed: 7 });
  sandbox.snapchat.settings.mediaProcessingMs = 100;
  // The suite asks as fast as it can; how the pace is kept is another test's matter.
  sandbox.snapchat.setLimits({ perApp: 10_000, perToken: 10_000 });
});
afterAll(async () => {
  // Nothing was sent that the platform does not know.
  expect(sandbox.log.violations).toEqual([]);
  await sandbox.close();
});

conformance(
  (): Subject => ({
    platform: snapchatAds,
    sandbox,
    plan,
    session: () => ({
      outside: outsideOf(sandbox),
      accessToken: sandbox.snapchat.issueToken(),
      accountExternalId: DEMO_IDS.account,
      timeoutMs: 5_000,
    }),
    picture(mediaKey) {
      const file = files.find((one) => one.fileName === mediaKey) ?? files[0];
      if (!file) throw new Error('no files');
      return { name: file.fileName, bytes: file.bytes.buffer };
    },
    // Large enough to go up in parts.
    video: () => movie({ width: 1080, height: 1920, seconds: 10, padding: 9_000_000 }),
    made: () =>
      sandbox.snapchat
        .objects()
        .flatMap((one) =>
          one.demo ? [] : [{ id: one.id, kind: one.kind, name: one.name, isOn: one.canSpend || one.status === 'ACTIVE' }],
        ),
    expireTokens: () => sandbox.snapchat.expireTokens(),
    rename: (id, name) => sandbox.snapchat.edit(id, { name }),
    spoil: (request) => ({
      ...request,
      spec: { ...(request.spec as object), objective: 'NOTHING', optimizationGoal: 'NOTHING', pageId: NOTHING },
      parents: { ...request.parents, ...(request.kind === 'ad' ? { creative: NOTHING } : {}) },
    }),
  }),
  { videos: true },
);
