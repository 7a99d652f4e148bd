import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { defaultFaultPlan } from '../core/faults.ts';
import { ACCOUNT, byName, campaign, group, openLinkedin, type RestClient } from './testing/rest-client.ts';

/** The default plan on a faster clock. */
const LATE_MS = 120;
const LAG_MS = 300;
const ITEMS = 120;

/** Two waits, each counted from where the last one truly ended: a busy machine that fires timers late cannot shorten them. */
async function settle(): Promise<void> {
  await wait(LATE_MS + 30);
  await wait(LAG_MS + 20);
}

async function isFound(rest: RestClient, name: string): Promise<boolean> {
  for (;;) {
    const answer = await rest.tryCall('GET', `${ACCOUNT}/adCampaigns?q=search&${byName(name)}`);
    if (answer?.status === 200) return (answer.body.elements ?? []).length > 0;
  }
}

/** Create, and on doubt wait, search by name, create again: the smallest launcher there is. */
async function launchOne(rest: RestClient, groupId: string, name: string, settles: boolean): Promise<void> {
  for (;;) {
    const answer = await rest.tryCall('POST', `${ACCOUNT}/adCampaigns`, { body: campaign(groupId, { name }) });
    if (answer?.status === 201) return;
    if (answer?.status === 429) continue; // the platform's own word: nothing was made
    if (settles) await settle();
    if (await isFound(rest, name)) return;
  }
}

async function launch(seed: number, settles: boolean): Promise<{ made: number; duplicates: number }> {
  const rest = openLinkedin({ seed });
  const { id: groupId } = await rest.post(`${ACCOUNT}/adCampaignGroups`, group());
  rest.sandbox.setFaults({ ...defaultFaultPlan(seed), lateApply: { p: 0.02, maxMs: LATE_MS }, searchLagMs: LAG_MS, hangMs: 1 });
  const names = Array.from({ length: ITEMS }, (_, n) => nameWithToken(`Set ${n}`, formatClientToken(Buffer.alloc(9, n + 1))));
  const worker = async (): Promise<void> => {
    for (let name = names.pop(); name !== undefined; name = names.pop()) await launchOne(rest, groupId, name, settles);
  };
  await Promise.all(Array.from({ length: 10 }, worker));
  await settle();
  const made = rest.sandbox.linkedin.objects().filter((object) => object.kind === 'ad_set');
  const duplicates = rest.sandbox.linkedin.countDuplicates();
  rest.sandbox.close();
  return { made: new Set(made.map((object) => object.name)).size, duplicates };
}

test.each([1, 2])('the weather of seed %i makes duplicates for a launcher that does not settle, none for one that does', async (seed) => {
  const careless = await launch(seed, false);
  expect(careless.made).toBe(ITEMS);
  expect(careless.duplicates).toBeGreaterThan(0);
  expect(await launch(seed, true)).toEqual({ made: ITEMS, duplicates: 0 });
});
