import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { defaultFaultPlan } from '../core/faults.ts';
import { ACCOUNT, CAMPAIGN, openSnap, type SnapClient } from './testing/snap-client.ts';

/** The default plan on a faster clock; late applies run on the true one. */
const LATE_MS = 120;
const LAG_MS = 500;

/** Two waits: on a busy machine all that is due of one length runs before what is due of another, so one may overtake a late apply. */
async function settle(snap: SnapClient): Promise<void> {
  await wait(LATE_MS + 30);
  await wait(10);
  snap.pass(LAG_MS + 20);
}

/** Newest first, name by name: the platform has no search. Creates run side by side, so all pages are read. */
async function namesThere(snap: SnapClient): Promise<Set<unknown>> {
  const names = new Set<unknown>();
  for (let link: string | undefined = `${ACCOUNT}/campaigns?limit=1000`; link !== undefined;) {
    const answer = await snap.tryCall('GET', link);
    if (answer?.status !== 200) continue;
    for (const item of answer.body['campaigns'] as { campaign: { name: string } }[]) names.add(item.campaign.name);
    link = answer.body.paging?.next_link;
  }
  return names;
}

/** Arrays of ten; whatever is in doubt is waited for, looked for and sent again: the smallest launcher there is. */
async function launch(seed: number, settles: boolean): Promise<{ made: number; duplicates: number }> {
  const faults = { ...defaultFaultPlan(seed), batchNull: 0.05, lateApply: { p: 0.05, maxMs: LATE_MS }, searchLagMs: LAG_MS, hangMs: 1 };
  const snap = openSnap({ seed, faults });
  const batches = Array.from({ length: 40 }, (_, b) => Array.from({ length: 10 }, (_, n) => `Launch ${b} ${n}`));
  const worker = async (): Promise<void> => {
    for (let open = batches.pop(); open !== undefined; open = batches.pop()) {
      while (open.length > 0) {
        const sent: string[] = open;
        const answer = await snap.tryCall('POST', `${ACCOUNT}/campaigns`, { campaigns: sent.map((name) => ({ ...CAMPAIGN, name })) });
        if (answer?.status === 429) continue;
        if (answer !== null && answer.status < 500) {
          const items = answer.body['campaigns'] as { sub_request_status: string }[];
          open = sent.filter((_, n) => items[n]?.sub_request_status !== 'SUCCESS');
          continue;
        }
        if (settles) await settle(snap);
        const there = await namesThere(snap);
        open = sent.filter((name) => !there.has(name));
      }
    }
  };
  await Promise.all(Array.from({ length: 5 }, worker));
  await settle(snap);
  const campaigns = snap.sandbox.snapchat.objects().filter((one) => one.kind === 'campaign');
  const result = { made: new Set(campaigns.map((one) => one.name)).size, duplicates: snap.sandbox.snapchat.countDuplicates() };
  snap.sandbox.close();
  return result;
}

test.each([1, 2])('the weather of seed %i makes duplicates for a launcher that does not settle, none for one that does', async (seed) => {
  const careless = await launch(seed, false);
  expect(careless.made).toBe(400);
  expect(careless.duplicates).toBeGreaterThan(0);
  expect(await launch(seed, true)).toEqual({ made: 400, duplicates: 0 });
});
