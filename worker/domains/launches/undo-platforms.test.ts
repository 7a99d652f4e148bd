import { afterAll, beforeAll, expect, test } from 'vitest';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { defaultFaultPlan, noFaults } from '../../../sandbox/index.ts';
import type { AdsOracleObject } from '../../../sandbox/core/ads-oracle.ts';
import { DEMO_IDS as LINKEDIN } from '../../../sandbox/linkedin/index.ts';
import { DEMO_IDS as SNAPCHAT } from '../../../sandbox/snapchat/index.ts';
import { urn } from '../../platforms/ads/linkedin/urn.ts';
import { connectGoogle } from '../../testing/connect-google.ts';
import { connectAds } from '../../testing/connect-meta.ts';
import { demandGenPlan, GOOGLE_ACCOUNT, uploadLogo } from '../../testing/google-plan.ts';
import { startWorker, type Member, type TestWorker } from '../../testing/harness.ts';
import { approve, rest, storeDraft } from '../../testing/launch-kit.ts';
import { linkedinPlan } from '../../testing/linkedin-plan.ts';
import { outsideOf } from '../../testing/outside-of.ts';
import { snapchatPlan } from '../../testing/snapchat-plan.ts';
import type { TestFile } from '../../testing/test-plan.ts';
import { ADVERTISER, tiktokPlan } from '../../testing/tiktok-plan.ts';

// What Meta promises (undo.test.ts) each other platform promises in its own words: archived, deleted, or a creative that gives up its name.

let w: TestWorker;
beforeAll(async () => {
  w = await startWorker({ cronEverySeconds: 3, vars: { SETTLE_WINDOW_MS: '4000' } });
  Object.assign(w.sandbox.linkedin.settings, { imageProcessingMs: 50, reviewMs: 50 });
  Object.assign(w.sandbox.snapchat.settings, { mediaProcessingMs: 50 });
});
afterAll(() => w.stop());

interface Drawn {
  plan: Plan;
  files: TestFile[];
}
type Case = [
  platform: Exclude<AdPlatformId, 'meta'>,
  plan: (member: Member) => Promise<Drawn>,
  /** Renames an ad as a person in the native manager would. */
  rename: (id: string, name: string) => unknown,
];
const size = { adSets: 2, concepts: 2 } as const;
const CASES: Case[] = [
  [
    'tiktok',
    async (member) => {
      await connectAds(w, member, 'tiktok', ADVERTISER);
      return tiktokPlan('traffic', { ...size, ratios: ['9x16'], shade: 21 });
    },
    (id, name) => w.sandbox.tiktok.editNatively(id, { ad_name: name }),
  ],
  [
    'linkedin',
    async (member) => {
      await connectAds(w, member, 'linkedin', LINKEDIN.account);
      return linkedinPlan({ ...size, ratios: ['1x1'] });
    },
    (id, name) => w.sandbox.linkedin.editNatively(urn.creative(id), { name }),
  ],
  [
    'snapchat',
    async (member) => {
      await connectAds(w, member, 'snapchat', SNAPCHAT.account);
      return snapchatPlan({ ...size, shade: 22 });
    },
    (id, name) => w.sandbox.snapchat.edit(id, { name }),
  ],
  [
    'google-ads',
    async (member) => {
      await connectGoogle(w, member);
      const session = { outside: outsideOf(w.sandbox), accessToken: w.sandbox.googleAds.issueToken(), accountExternalId: GOOGLE_ACCOUNT };
      return demandGenPlan({ ...size, shade: 23 }, await uploadLogo({ ...session, timeoutMs: 5_000 }));
    },
    (id, name) => {
      const found = w.sandbox.googleAds.objects().find((one) => one.kind === 'ad' && one.id === id);
      if (!found) throw new Error(`there is no ad ${id}`);
      return w.sandbox.googleAds.editNatively(found.resourceName, {
        ad: { ...(found.fields['ad'] as object), name },
      });
    },
  ],
];

/** What truly exists at the platform, past lag and lost answers. */
function objectsOf(platform: Case[0]): Pick<AdsOracleObject, 'id' | 'kind' | 'name' | 'status' | 'canSpend' | 'isDeleted' | 'token'>[] {
  const { tiktok, linkedin, snapchat, googleAds } = w.sandbox;
  if (platform !== 'google-ads') return { tiktok, linkedin, snapchat }[platform].adsObjects();
  return googleAds.objects().map(({ id, kind, name, status, maySpend }) => ({
    id,
    name,
    status,
    canSpend: maySpend,
    isDeleted: status === 'REMOVED',
    token: null,
    kind: kind as AdsOracleObject['kind'],
  }));
}
const idsOf = async (launch: LaunchSummary): Promise<Set<string>> =>
  new Set(
    (
      await w.db.query<{ external_id: string }>(`select external_id from launch_items where launch_id = $1 and external_id is not null`, [
        launch.id,
      ])
    ).rows.map((row) => row.external_id),
  );
const plain = (id: string) => id.replace(/^urn:.*:/, '');
const isThere = (one: Pick<AdsOracleObject, 'isDeleted' | 'status'>) =>
  !one.isDeleted && !/archived|removed|delete/i.test(one.status ?? '');

test.each(CASES)(
  '%s: a launch that is on is undone in bad weather; nothing of ours lives or spends, nothing of others is touched',
  async (platform, draw, rename) => {
    w.sandbox.setFaults(noFaults());
    const member = await w.signUp();
    const { plan, files } = await draw(member);
    const pages = () => w.db.query('select 1 from pages where organization_id = $1', [member.organizationId]);
    if (platform !== 'google-ads' && platform !== 'tiktok') await w.until('pages are read', async () => (await pages()).rowCount);
    const launch = await storeDraft(w, member, plan, files);
    const of = { params: { id: launch.id } };
    await approve(member, launch);
    await rest(w, member, launch, ['verified'], 60_000);
    await member.api.call(contracts.activateLaunch, of);
    await rest(w, member, launch, ['active'], 60_000);
    const ours = await idsOf(launch);
    // A budget of Google's is its campaign's, and goes with it.
    const others = () =>
      objectsOf(platform)
        .filter((one) => !ours.has(plain(one.id)) && String(one.kind) !== 'budget')
        .map((one) => `${one.kind} ${one.id} ${one.name} ${one.status} ${one.isDeleted}`);
    const before = others();
    const preview = await member.api.call(contracts.previewUndo, of);
    const { campaign, ad_set: adSet, creative, ad } = launch.counts;
    expect(preview).toMatchObject({ counts: { campaign, ad_set: adSet, creative, ad }, changed: [], unread: 0, isOn: true });
    const { items } = await member.api.call(contracts.listLaunchItems, { ...of, query: { kind: 'ad' } });
    const [touched] = items;
    if (!touched) throw new Error('the plan has no ad');
    rename(touched.externalId as string, 'Renamed by hand');

    w.sandbox.setFaults(defaultFaultPlan(31));
    await member.api.call(contracts.undoLaunch, of);
    const half = await rest(w, member, launch, ['undone', 'partly_undone'], 120_000);
    expect(half).toMatchObject({ state: 'partly_undone', undo: { changed: 1, refused: 0 } });
    expect(objectsOf(platform).filter((one) => ours.has(plain(one.id)) && one.canSpend)).toEqual([]);
    const changed = await member.api.call(contracts.listLaunchItems, { ...of, query: { undo: 'changed' } });
    expect(changed.items).toMatchObject([{ id: touched.id, undo: { changes: [{ now: 'Renamed by hand' }] } }]);
    const changesHash = changed.items[0]?.undo?.changesHash as string;
    await member.api.call(contracts.confirmUndo, { params: { id: launch.id, itemId: touched.id }, body: { changesHash } });
    const end = await rest(w, member, launch, ['undone', 'partly_undone'], 120_000);
    expect(end).toMatchObject({ state: 'undone', undo: { left: 0, changed: 0, refused: 0 } });
    w.sandbox.setFaults(noFaults());
    const { ways } = platformRules(platform).removal;
    const kept = objectsOf(platform).filter(
      (one) => ours.has(plain(one.id)) && ['campaign', 'ad_set', 'ad', 'creative'].includes(one.kind),
    );
    for (const one of kept.filter(isThere)) {
      // A creative of Snapchat's cannot be deleted: without its name nobody takes it for one of ours.
      expect([one.kind, ways[one.kind as 'ad'], one.token]).toEqual(['creative', 'renamed', null]);
    }
    expect(kept.filter((one) => one.canSpend)).toEqual([]);
    expect(others()).toEqual(before);
    const all = await member.api.call(contracts.listLaunchItems, { ...of, query: { state: 'UNDONE' } });
    for (const item of all.items) {
      expect(item.undo?.how).toBe(ways[item.kind as 'ad']);
      expect(item.undo?.steps.filter((step) => step.step === 'answered' && step.outcome === 'done').every((step) => step.traceId)).toBe(
        true,
      );
    }
  },
  300_000,
);
