import { createRequire } from 'node:module';

/** The part of facebook-nodejs-business-sdk 24.0.1 that a plain script would use; the package ships no types. */
interface SdkObject {
  id: string;
}
type Verb = (fields: string[], params: object) => Promise<SdkObject>;
interface SdkAccount {
  createCampaign: Verb;
  createAdSet: Verb;
  createAdCreative: Verb;
  createAd: Verb;
}
interface SdkBatch {
  add(
    method: 'POST',
    path: string[],
    params: object,
    files: undefined,
    success: (answer: { body: { id: string } }) => void,
    failure: (answer: unknown) => void,
  ): unknown;
  execute(): Promise<unknown>;
}
interface Sdk {
  /** The third argument switches off the reporter that would swallow every error of this process. */
  FacebookAdsApi: { init(token: string, locale: string, reportsCrashes: boolean): unknown };
  FacebookAdsApiBatch: new (api: unknown) => SdkBatch;
  AdAccount: new (id: string) => SdkAccount;
}

export interface Tree {
  account: string;
  campaign: object;
  adSets: object[];
  /** Of each ad set. */
  creatives: object[];
}
export type Way = 'loop' | 'tenWide' | 'batch';

const require = createRequire(import.meta.url);
const sdk = require('facebook-nodejs-business-sdk') as Sdk;
const BATCH = 50;

/** Points the official client at the imitated platform. */
export function signInSdk(sandboxUrl: string, token: string): unknown {
  for (const [name, value] of [
    ['GRAPH', `${sandboxUrl}/graph.facebook.com`],
    ['GRAPH_VIDEO', `${sandboxUrl}/graph-video.facebook.com`],
    ['VERSION', 'v26.0'],
  ] as const)
    Object.defineProperty(sdk.FacebookAdsApi, name, { get: () => value, configurable: true });
  return sdk.FacebookAdsApi.init(token, 'en_US', false);
}

/** The same tree without any guarantee: nothing is recorded, looked for, read back or paced. @throws when the platform refuses anything */
export async function createWithSdk(api: unknown, way: Way, tree: Tree): Promise<number> {
  const account = new sdk.AdAccount(tree.account);
  const many = (verb: keyof SdkAccount, edge: string, params: object[]): Promise<string[]> => {
    if (way === 'batch') return inBatches(api, tree.account, edge, params);
    return sideBySide(way === 'loop' ? 1 : 10, params, async (one) => (await account[verb]([], one)).id);
  };
  const { id: campaign } = await account.createCampaign([], tree.campaign);
  // Several ad sets of one campaign in one batch are refused by the platform.
  const adSets = await sideBySide(
    way === 'loop' ? 1 : 10,
    tree.adSets,
    async (one) => (await account.createAdSet([], { ...one, campaign_id: campaign })).id,
  );
  const all = adSets.flatMap((adSet) => tree.creatives.map((creative) => ({ adSet, creative })));
  const creatives = await many(
    'createAdCreative',
    'adcreatives',
    all.map(({ creative }) => creative),
  );
  const ads = await many(
    'createAd',
    'ads',
    all.map(({ adSet }, i) => ({ name: `Ad ${i}`, adset_id: adSet, creative: { creative_id: creatives[i] }, status: 'PAUSED' })),
  );
  return 1 + adSets.length + creatives.length + ads.length;
}

async function inBatches(api: unknown, account: string, edge: string, params: object[]): Promise<string[]> {
  const parts = Array.from({ length: Math.ceil(params.length / BATCH) }, (_, i) => params.slice(i * BATCH, (i + 1) * BATCH));
  const made = await Promise.all(
    parts.map(async (part) => {
      const ids: string[] = [];
      const refused: unknown[] = [];
      const batch = new sdk.FacebookAdsApiBatch(api);
      for (const one of part)
        batch.add(
          'POST',
          [account, edge],
          one,
          undefined,
          (answer) => ids.push(answer.body.id),
          (answer) => refused.push(answer),
        );
      await batch.execute();
      if (refused.length > 0) throw new Error(`the platform refused ${refused.length} parts of a batch`);
      return ids;
    }),
  );
  return made.flat();
}

async function sideBySide<T, R>(width: number, list: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let i = next++; i < list.length; i = next++) results[i] = await work(list[i] as T);
    }),
  );
  return results;
}
