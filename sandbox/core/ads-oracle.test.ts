import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatClientToken } from '#shared/rules/client-token.ts';
import { ACCOUNT as META_ACCOUNT, CAMPAIGN as META_CAMPAIGN, makeTree as makeMetaTree, openGraph } from '../meta/testing/graph-client.ts';
import { ACCOUNT as SNAP_ACCOUNT, CAMPAIGN as SNAP_CAMPAIGN, makeTree as makeSnapTree, openSnap } from '../snapchat/testing/snap-client.ts';
import { CAMPAIGN as TIKTOK_CAMPAIGN, makeTree as makeTiktokTree, openTiktok, requestIdOf } from '../tiktok/testing/api-client.ts';
import { adsWithToken, duplicatesAmong, type AdsOracle } from './ads-oracle.ts';

const TOKEN = formatClientToken(createHash('sha256').update('launch item').digest());

interface Stage {
  oracle: AdsOracle;
  /** What a tree consists of, in alphabetical order; absent means all four. */
  kinds?: string[];
  makeTree(token: string): Promise<{ campaign: string; ad: string }>;
  turnOn(tree: object): Promise<void>;
  /** One more campaign with the same token. */
  repeat(token: string): Promise<void>;
  close(): void | Promise<void>;
}

/** The same steps on each platform that has the shared words; a new one adds its stage here. */
const STAGES: Record<string, () => Promise<Stage>> = {
  async meta() {
    const graph = await openGraph();
    return {
      oracle: graph.sandbox.meta,
      makeTree: (token) => makeMetaTree(graph, token),
      async turnOn(tree) {
        for (const [kind, id] of Object.entries(tree)) if (kind !== 'creative') await graph.post(String(id), { status: 'ACTIVE' });
      },
      async repeat(token) {
        await graph.post(`${META_ACCOUNT}/campaigns`, { ...META_CAMPAIGN, adlabels: [{ name: token }] });
      },
      close: () => graph.sandbox.close(),
    };
  },
  async snapchat() {
    const snap = openSnap();
    return {
      oracle: snap.sandbox.snapchat,
      makeTree: (token) => makeSnapTree(snap, ` ·${token}`),
      async turnOn(tree) {
        const { campaign, adsquad, ad } = tree as Record<string, string>;
        for (const path of [`campaigns/${campaign}`, `adsquads/${adsquad}`, `ads/${ad}`])
          await snap.patch(path, [{ op: 'replace', path: '/status', value: 'ACTIVE' }]);
      },
      async repeat(token) {
        await snap.post(`${SNAP_ACCOUNT}/campaigns`, { campaigns: [{ ...SNAP_CAMPAIGN, name: `Launch ·${token}` }] });
      },
      close: () => snap.sandbox.close(),
    };
  },
  async tiktok() {
    const api = openTiktok();
    return {
      oracle: api.sandbox.tiktok,
      kinds: ['ad', 'ad_set', 'campaign'], // an ad is its own creative
      makeTree: (token) => makeTiktokTree(api, ` ·${token}`),
      async turnOn(tree) {
        for (const [kind, id] of Object.entries(tree)) {
          await api.post(`${kind}/status/update/`, { [`${kind}_ids`]: [String(id)], operation_status: 'ENABLE' });
        }
      },
      async repeat(token) {
        await api.post('campaign/create/', { ...TIKTOK_CAMPAIGN, campaign_name: `Launch ·${token}`, request_id: requestIdOf(token) });
      },
      close: () => api.sandbox.close(),
    };
  },
};

test.each(Object.keys(STAGES))('%s tells what exists in the shared words', async (platform) => {
  const stage = await STAGES[platform]?.();
  if (stage === undefined) throw new Error(`no stage for ${platform}`);
  const { oracle, kinds = ['ad', 'ad_set', 'campaign', 'creative'] } = stage;
  const tree = await stage.makeTree(TOKEN);
  const launched = () => oracle.adsObjects().filter((one) => !one.demo && one.kind !== 'image' && one.kind !== 'video');
  expect(
    launched()
      .map((one) => one.kind)
      .toSorted(),
  ).toEqual(kinds);
  expect(launched().map((one) => one.token)).toEqual(kinds.map(() => TOKEN));
  const [ad] = adsWithToken(oracle.adsObjects(), TOKEN);
  expect(ad?.id).toBe(tree.ad);
  expect(ad?.parentIds[0]).toBe(tree.campaign);
  expect(launched().some((one) => one.canSpend)).toBe(false);
  await stage.turnOn(tree);
  expect(
    launched()
      .filter((one) => one.canSpend)
      .map((one) => one.kind)
      .toSorted(),
  ).toEqual(['ad', 'ad_set', 'campaign']);
  expect(duplicatesAmong(oracle.adsObjects())).toBe(0);
  await stage.repeat(TOKEN);
  expect(duplicatesAmong(oracle.adsObjects())).toBe(1);
  await stage.close();
});
