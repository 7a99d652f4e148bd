import { createSandbox, type FaultPlan, type Sandbox } from '../../index.ts';
import { ADS_DEMO } from '../index.ts';

/** Whatever JSON holds: tests look into answers of many shapes, each says by its assertions what it expects. */
type Loose = ReturnType<typeof JSON.parse>;

export interface AdsAnswer {
  status: number;
  headers: Headers;
  body: Loose;
}
export interface AdsClient {
  sandbox: Sandbox;
  token: string;
  /** Null = the connection was cut. */
  tryCall(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<AdsAnswer | null>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<AdsAnswer>;
  get(path: string, headers?: Record<string, string>): Promise<AdsAnswer>;
  mutate(operations: unknown[], options?: Record<string, unknown>): Promise<AdsAnswer>;
  /** Rows of a query; throws with the answer when it is refused. */
  rows(query: string): Promise<Loose[]>;
  query(query: string, options?: Record<string, unknown>): Promise<AdsAnswer>;
}

const BASE = 'https://googleads.googleapis.com/v25';
export const ACCOUNT = `customers/${ADS_DEMO.account}`;

/** A plain caller of the imitated API, without sockets. */
export async function openAds(
  options: { seed?: number; faults?: FaultPlan; demo?: boolean; now?: () => number; workerOrigin?: string } = {},
): Promise<AdsClient> {
  const sandbox = await createSandbox({ ...options, seed: options.seed ?? 1, demo: options.demo ?? false });
  const token = sandbox.googleAds.issueToken();

  const tryCall: AdsClient['tryCall'] = async (method, path, body, headers = {}) => {
    const response = await sandbox.handle(
      new Request(`${BASE}/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return response === null ? null : { status: response.status, headers: response.headers, body: await response.json() };
  };
  const must = async (...call: Parameters<AdsClient['tryCall']>): Promise<AdsAnswer> => {
    const answer = await tryCall(...call);
    if (answer === null) throw new Error(`${call[0]} ${call[1]}: cut`);
    return answer;
  };
  const query: AdsClient['query'] = (text, more = {}) => must('POST', `${ACCOUNT}/googleAds:search`, { query: text, ...more });

  return {
    sandbox,
    token,
    tryCall,
    post: (path, body = {}, headers) => must('POST', path, body, headers),
    get: (path, headers) => must('GET', path, undefined, headers),
    mutate: (mutateOperations, more = {}) => must('POST', `${ACCOUNT}/googleAds:mutate`, { mutateOperations, ...more }),
    query,
    async rows(text) {
      const answer = await query(text);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body.results ?? [];
    },
  };
}

/** `campaignError.DUPLICATE_CAMPAIGN_NAME` of every problem in an answer, in order. */
export function reasonsOf(answer: AdsAnswer | null): string[] {
  const error = Array.isArray(answer?.body) ? answer.body[0].error : (answer?.body.error ?? answer?.body.partialFailureError);
  const [failure] = error?.details ?? [];
  return (failure?.errors ?? []).map((one: Loose) => {
    const [[group, reason]] = Object.entries(one.errorCode) as [[string, string]];
    return `${group}.${reason}`;
  });
}

export const BUDGET = { resourceName: `${ACCOUNT}/campaignBudgets/-1`, amountMicros: '5000000', explicitlyShared: false };
export const CAMPAIGN = {
  resourceName: `${ACCOUNT}/campaigns/-2`,
  name: 'Launch ·abc',
  advertisingChannelType: 'SEARCH',
  status: 'PAUSED',
  campaignBudget: BUDGET.resourceName,
  maximizeConversions: {},
  networkSettings: { targetGoogleSearch: true, targetSearchNetwork: false, targetContentNetwork: false },
  containsEuPoliticalAdvertising: 'DOES_NOT_CONTAIN_EU_POLITICAL_ADVERTISING',
};
export const AD_GROUP = {
  resourceName: `${ACCOUNT}/adGroups/-3`,
  name: 'Group 1',
  campaign: CAMPAIGN.resourceName,
  status: 'PAUSED',
  cpcBidMicros: '1000000',
};
export const SEARCH_AD = {
  finalUrls: ['https://example.com/offer'],
  responsiveSearchAd: {
    headlines: ['Fresh coffee', 'Roasted today', 'Free delivery'].map((text) => ({ text })),
    descriptions: ['From small farms.', 'At your door in two days.'].map((text) => ({ text })),
  },
};
export const AD = { resourceName: `${ACCOUNT}/adGroupAds/-3~-4`, adGroup: AD_GROUP.resourceName, status: 'PAUSED', ad: SEARCH_AD };

/** One launch: budget, campaign, ad group, ad and a label on the campaign and the ad, by temporary numbers. */
export function treeOf(token = 'tkn1', change: Record<string, unknown> = {}): unknown[] {
  const label = `${ACCOUNT}/labels/-5`;
  return [
    { campaignBudgetOperation: { create: BUDGET } },
    { campaignOperation: { create: { ...CAMPAIGN, name: `Launch ·${token}`, ...change } } },
    { adGroupOperation: { create: AD_GROUP } },
    { adGroupAdOperation: { create: AD } },
    { labelOperation: { create: { resourceName: label, name: token } } },
    { campaignLabelOperation: { create: { campaign: CAMPAIGN.resourceName, label } } },
    { adGroupAdLabelOperation: { create: { adGroupAd: AD.resourceName, label } } },
  ];
}
