import { createSandbox, type FaultPlan, type Sandbox } from '../../index.ts';
import { DEMO_IDS } from '../index.ts';

export interface GraphAnswer {
  status: number;
  headers: Headers;
  // Tests look into answers of many shapes; each test says by its assertions what it expects.
  body: GraphBody;
}
export interface GraphBody {
  [key: string]: unknown;
  id?: string;
  data?: Record<string, unknown>[];
  paging?: { next?: string; cursors?: { after: string } };
  error?: { code: number; error_subcode?: number; message: string; error_user_msg?: string };
}

export interface GraphClient {
  sandbox: Sandbox;
  token: string;
  /** Null = the connection was cut. */
  tryCall(method: string, path: string, params?: Record<string, unknown>): Promise<GraphAnswer | null>;
  get(path: string, params?: Record<string, unknown>): Promise<GraphAnswer>;
  post(path: string, params?: Record<string, unknown>): Promise<GraphAnswer>;
  del(path: string, params?: Record<string, unknown>): Promise<GraphAnswer>;
  /** Follows `next` to the end. */
  all(path: string, params?: Record<string, unknown>): Promise<Record<string, unknown>[]>;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** A plain caller of the imitated Graph, without sockets. */
export async function openGraph(
  options: { seed?: number; faults?: FaultPlan; demo?: boolean; now?: () => number; workerOrigin?: string } = {},
): Promise<GraphClient> {
  const sandbox = await createSandbox({ ...options, seed: options.seed ?? 1, demo: options.demo ?? false });
  const token = sandbox.meta.issueToken();

  const send = async (url: URL, init: RequestInit): Promise<GraphAnswer | null> => {
    const response = await sandbox.handle(new Request(url, init));
    return response === null ? null : { status: response.status, headers: response.headers, body: (await response.json()) as GraphBody };
  };
  const tryCall: GraphClient['tryCall'] = (method, path, params = {}) => {
    const url = new URL(`https://graph.facebook.com/v26.0/${path}`);
    const sent = new URLSearchParams({
      access_token: token,
      ...Object.fromEntries(Object.entries(params).map(([name, value]) => [name, asText(value)])),
    });
    if (method !== 'POST') {
      for (const [name, value] of sent) url.searchParams.set(name, value);
      return send(url, { method });
    }
    return send(url, { method, body: sent });
  };
  const must = async (method: string, path: string, params?: Record<string, unknown>): Promise<GraphAnswer> => {
    const answer = await tryCall(method, path, params);
    if (answer === null) throw new Error(`${method} ${path}: cut`);
    return answer;
  };

  return {
    sandbox,
    token,
    tryCall,
    get: (path, params) => must('GET', path, params),
    post: (path, params) => must('POST', path, params),
    del: (path, params) => must('DELETE', path, params),
    async all(path, params) {
      const rows: Record<string, unknown>[] = [];
      let { body } = await must('GET', path, params);
      for (;;) {
        rows.push(...(body.data ?? []));
        const next = body.paging?.next;
        if (next === undefined) return rows;
        const answer = await send(new URL(next), { method: 'GET' });
        if (answer === null) throw new Error('cut while paging');
        body = answer.body;
      }
    },
  };
}

export const ACCOUNT = `act_${DEMO_IDS.account}`;

export const CAMPAIGN = {
  name: 'Launch ·abc',
  objective: 'OUTCOME_LEADS',
  status: 'PAUSED',
  special_ad_categories: [],
  is_adset_budget_sharing_enabled: false,
};
export const ADSET = {
  name: 'Set 1',
  billing_event: 'IMPRESSIONS',
  optimization_goal: 'LEAD_GENERATION',
  bid_strategy: 'LOWEST_COST_WITHOUT_CAP',
  daily_budget: 2500,
  destination_type: 'ON_AD',
  targeting: { geo_locations: { countries: ['FR'] }, age_min: 18 },
  promoted_object: { page_id: DEMO_IDS.page },
  dsa_beneficiary: 'Inlay demo',
  dsa_payor: 'Inlay demo',
  status: 'PAUSED',
};
export const CREATIVE = {
  name: 'Creative 1',
  object_story_spec: {
    page_id: DEMO_IDS.page,
    link_data: {
      link: 'https://example.com/',
      message: 'Hello',
      call_to_action: { type: 'SIGN_UP', value: { lead_gen_form_id: DEMO_IDS.form } },
    },
  },
  degrees_of_freedom_spec: { creative_features_spec: { image_brightness_and_contrast: { enroll_status: 'OPT_OUT' } } },
};

function idOf(answer: GraphAnswer): string {
  if (answer.body.id === undefined) throw new Error(`no id: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** A whole paused tree with one label on every object. */
export async function makeTree(graph: GraphClient, token = 'tkn1'): Promise<Record<'ad' | 'adset' | 'campaign' | 'creative', string>> {
  const adlabels = [{ name: token }];
  const campaign = idOf(await graph.post(`${ACCOUNT}/campaigns`, { ...CAMPAIGN, adlabels }));
  const adset = idOf(await graph.post(`${ACCOUNT}/adsets`, { ...ADSET, campaign_id: campaign, adlabels }));
  const creative = idOf(await graph.post(`${ACCOUNT}/adcreatives`, { ...CREATIVE, adlabels }));
  const ad = idOf(
    await graph.post(`${ACCOUNT}/ads`, {
      name: `Ad ·${token}`,
      adset_id: adset,
      creative: { creative_id: creative },
      status: 'PAUSED',
      adlabels,
    }),
  );
  return { campaign, adset, creative, ad };
}
