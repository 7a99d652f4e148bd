import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { formatClientToken, nameWithToken } from '#shared/rules/client-token.ts';
import { defaultFaultPlan, noFaults, type FaultPlan } from '../core/faults.ts';
import {
  ACCOUNT,
  byName,
  campaign,
  encoded,
  group,
  inlineCreative,
  makeTree,
  openLinkedin,
  type RestClient,
} from './testing/rest-client.ts';

const only = (part: Partial<FaultPlan>): FaultPlan => ({ ...noFaults(9), ...part });
const GROUPS = `${ACCOUNT}/adCampaignGroups`;
let open: RestClient[] = [];
afterEach(() => {
  for (const rest of open) rest.sandbox.close();
  open = [];
});
function stage(options: Parameters<typeof openLinkedin>[0]): RestClient {
  const rest = openLinkedin(options);
  open.push(rest);
  return rest;
}
const made = (rest: RestClient): number => rest.sandbox.linkedin.objects().filter((object) => object.kind === 'campaign').length;

test('answer lost: the object exists and the caller never hears of it', async () => {
  const rest = stage({ faults: only({ answerLost: 1, hangMs: 5 }) });
  expect(await rest.tryCall('POST', GROUPS, { body: group() })).toBeNull();
  expect(made(rest)).toBe(1);
  expect(await rest.all(`${GROUPS}?q=search&${byName('Launch')}`)).toHaveLength(1); // reads are answered
});

test('late apply: nothing at first, the object a little later, a retry in between makes two', async () => {
  const rest = stage({ faults: only({ lateApply: { p: 1, maxMs: 60 } }) });
  expect(await rest.tryCall('POST', GROUPS, { body: group({ name: 'late' }) })).toBeNull();
  expect(made(rest)).toBe(0);
  rest.sandbox.setFaults(noFaults(9));
  await rest.post(GROUPS, group({ name: 'late' }));
  expect(rest.sandbox.linkedin.countDuplicates()).toBe(0);
  await expect.poll(() => rest.sandbox.linkedin.countDuplicates(), { timeout: 1000 }).toBe(1);
});

test('a 500 is applied or not, by the plan', async () => {
  for (const appliedShare of [0, 1]) {
    const rest = stage({ faults: only({ error500: { p: 1, appliedShare } }) });
    const answer = await rest.post(GROUPS, group());
    expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL_ERROR']);
    expect(made(rest)).toBe(appliedShare);
  }
});

test('a throttle is a bare 429 and applies nothing, for bytes on their way up, too', async () => {
  const rest = stage({ faults: only({ throttle: 1 }) });
  expect((await rest.post(GROUPS, group())).status).toBe(429);
  expect(made(rest)).toBe(0);
  const put = await rest.sandbox.handle(new Request('https://www.linkedin.com/dms-uploads/D1/0', { method: 'PUT', body: 'x' }));
  expect(put?.status).toBe(429);
});

test('an expired token stops working in the middle', async () => {
  const rest = stage({ faults: only({ expireTokenAfterCalls: 2 }) });
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await rest.get('adAccounts?q=search')).status);
  expect(statuses).toEqual([200, 200, 401]);
});

test('a dead platform cuts every connection, the sign-in too, and comes back', async () => {
  const rest = stage({});
  rest.sandbox.linkedin.setDead(true);
  expect(await rest.tryCall('GET', 'adAccounts?q=search')).toBeNull();
  expect(await rest.sandbox.handle(new Request('https://www.linkedin.com/oauth/v2/authorization'))).toBeNull();
  rest.sandbox.linkedin.setDead(false);
  expect((await rest.get('adAccounts?q=search')).status).toBe(200);
  rest.sandbox.setFaults(only({ dead: true, only: ['meta'] }));
  expect((await rest.get('adAccounts?q=search')).status).toBe(200);
});

test('a status change can be swallowed, said or unsaid; the audience can be widened against the wish', async () => {
  const rest = stage({ faults: only({ enhancementFlip: 1 }) });
  const tree = await makeTree(rest, 'flip');
  const path = `${ACCOUNT}/adCampaigns/${tree.campaign}`;
  expect((await rest.get(path)).body['audienceExpansionEnabled']).toBe(true);
  rest.sandbox.setFaults(only({ statusIgnored: { p: 1, silent: true } }));
  expect([(await rest.patch(path, { status: 'ACTIVE', name: 'New name' })).status, (await rest.get(path)).body]).toEqual([
    204,
    expect.objectContaining({ status: 'PAUSED', name: 'New name' }),
  ]);
  rest.sandbox.setFaults(only({ statusIgnored: { p: 1, silent: false } }));
  expect((await rest.patch(path, { status: 'ACTIVE' })).body.code).toBe('CONFLICT');
  expect((await rest.patch(path, { name: 'Newer name' })).status).toBe(204);
});

test('the oracle finds ads by token and counts what is there twice; parents and money are told', async () => {
  const rest = stage({});
  const token = formatClientToken(createHash('sha256').update('one').digest());
  const tree = await makeTree(rest, token);
  expect(rest.sandbox.linkedin.adsByToken(token)).toEqual([
    expect.objectContaining({
      kind: 'ad',
      id: tree.creative,
      accountId: '500000001',
      clientToken: token,
      status: 'PAUSED',
      canSpend: false,
      parentIds: [`urn:li:sponsoredCampaign:${tree.campaign}`, expect.stringMatching(/^urn:li:share:/)],
    }),
  ]);
  expect(rest.sandbox.linkedin.countDuplicates()).toBe(0);
  const twin = await makeTree(rest, token);
  expect(rest.sandbox.linkedin.countDuplicates()).toBe(3);
  await rest.patch(`${ACCOUNT}/creatives/${encoded(twin.creative)}`, { intendedStatus: 'ARCHIVED' });
  expect(rest.sandbox.linkedin.countDuplicates()).toBe(2);
});

/** A client token as a launch would make it: new for every launch, here by `launch`. */
const tokenOf = (launch: string, item: string): string => formatClientToken(createHash('sha256').update(`${launch} ${item}`).digest());
const word = (answer: { status: number } | null): string => (answer === null ? 'cut' : String(answer.status));

/** What each create, look-up and switch of 24 small trees met, whatever order they are sent in and whatever tokens they carry. */
async function fates(seed: number, order: number[], launch: string): Promise<Record<string, string>> {
  const rest = stage({ seed, faults: noFaults(seed) });
  const { id: groupId } = await rest.post(GROUPS, group({ name: nameWithToken('g', tokenOf(launch, 'g')) }));
  const { id: parent } = await rest.post(`${ACCOUNT}/adCampaigns`, campaign(groupId, { name: nameWithToken('c', tokenOf(launch, 'c')) }));
  rest.sandbox.linkedin.settings.inactiveCreatives = 1000;
  rest.sandbox.setFaults({ ...defaultFaultPlan(seed), searchLagMs: 0, hangMs: 1, throttle: 0.2 });
  const met: Record<string, string> = {};
  await Promise.all(
    order.map(async (n) => {
      const name = nameWithToken(`a${n}`, tokenOf(launch, `a${n}`));
      const path = `${ACCOUNT}/creatives?action=createInline`;
      const created = await rest.tryCall('POST', path, { body: inlineCreative(parent, { name }) });
      met[`create ${n}`] = word(created);
      met[`again ${n}`] = word(await rest.tryCall('POST', path, { body: inlineCreative(parent, { name }) }));
      met[`find ${n}`] = word(await rest.tryCall('GET', `${ACCOUNT}/adCampaigns?q=search&${byName(name)}`));
      if (created?.id !== undefined && created.id !== '') {
        const own = `${ACCOUNT}/creatives/${encoded(created.id)}`;
        met[`switch ${n}`] = word(
          await rest.tryCall('POST', own, { body: { patch: { $set: { intendedStatus: 'ARCHIVED' } } }, as: 'PARTIAL_UPDATE' }),
        );
        met[`read ${n}`] = word(await rest.tryCall('GET', own));
      }
    }),
  );
  return met;
}

test('a run repeats exactly for its seed, however the requests interleave and whatever its tokens are', async () => {
  const numbers = Array.from({ length: 24 }, (_, n) => n);
  const first = await fates(11, numbers, 'one');
  expect(await fates(11, numbers.toReversed(), 'one')).toEqual(first);
  expect(await fates(11, numbers, 'two')).toEqual(first);
  expect(await fates(12, numbers, 'one')).not.toEqual(first);
  expect(new Set(Object.values(first)).size).toBeGreaterThan(3);
});
