import { createHash } from 'node:crypto';
import { PNG } from 'pngjs';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import type { Plan, PlanMedia, Ratio } from '#shared/rules/launch-plan.ts';
import { connectMeta } from './connect-meta.ts';
import type { Member, TestWorker } from './harness.ts';

export interface TestFile {
  fileName: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
  sha256: string;
  ratio: Ratio;
  width: number;
  height: number;
  conceptKey: string;
}

const PIXELS: Record<'1x1' | '9x16', [number, number]> = { '1x1': [600, 600], '9x16': [540, 960] };

/** A one-colour picture; the colour tells files apart, so their hashes differ. */
export function picture(conceptKey: string, ratio: '1x1' | '9x16', shade: number): TestFile {
  const [width, height] = PIXELS[ratio];
  const png = new PNG({ width, height });
  for (let i = 0; i < png.data.length; i += 4) png.data.set([shade % 256, (shade >> 8) % 256, ratio === '1x1' ? 20 : 200, 255], i);
  const bytes = new Uint8Array(PNG.sync.write(png));
  return {
    fileName: `${conceptKey}-${ratio}.png`,
    contentType: 'image/png',
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ratio,
    width,
    height,
    conceptKey,
  };
}

/** The boxes of an MP4 that say what it is, with no pictures inside; padding stands for them. */
export function movie({
  width,
  height,
  seconds,
  padding,
}: {
  width: number;
  height: number;
  seconds: number;
  padding: number;
}): Uint8Array<ArrayBuffer> {
  const box = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const mvhd = Buffer.alloc(100);
  mvhd.writeUInt32BE(1_000, 12);
  mvhd.writeUInt32BE(seconds * 1_000, 16);
  const tkhd = Buffer.alloc(84);
  [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].forEach((value, i) => tkhd.writeInt32BE(value, 40 + i * 4));
  tkhd.writeUInt32BE(width * 65_536, 76);
  tkhd.writeUInt32BE(height * 65_536, 80);
  const moov = box('moov', Buffer.concat([box('mvhd', mvhd), box('trak', box('tkhd', tkhd))]));
  return new Uint8Array(Buffer.concat([box('ftyp', Buffer.from('isom\0\0\0\0isom')), box('mdat', Buffer.alloc(padding)), moov]));
}

export interface PlanSize {
  adSets: number;
  concepts: number;
  ratios?: ('1x1' | '9x16')[];
  shade?: number;
}

/** adSets × concepts × ratios ads, and the files they need. */
export function testPlan({ adSets, concepts, ratios = ['1x1', '9x16'], shade = 0 }: PlanSize): { plan: Plan; files: TestFile[] } {
  const conceptKeys = Array.from({ length: concepts }, (_, i) => `concept-${i + 1}`);
  const files = conceptKeys.flatMap((key, i) => ratios.map((ratio) => picture(key, ratio, shade * 1000 + i)));
  const media = files.map((file): PlanMedia => ({
    mediaKey: file.fileName,
    fileName: file.fileName,
    sha256: file.sha256,
    kind: 'image',
    width: file.width,
    height: file.height,
    durationMs: null,
    conceptKey: file.conceptKey,
    variantKey: 'default',
    ratio: file.ratio,
    role: 'main',
  }));
  const plan: Plan = {
    version: 1,
    platform: 'meta',
    accountId: 'act_1000000001',
    name: `Test launch ${shade}`,
    settings: {
      currency: 'EUR',
      timezone: 'Europe/Paris',
      budgetLevel: 'ad_set',
      dailyBudgetMinor: 2_000,
      objective: 'OUTCOME_LEADS',
      optimizationGoal: 'LEAD_GENERATION',
      billingEvent: 'IMPRESSIONS',
      bidStrategy: 'LOWEST_COST_WITHOUT_CAP',
      startTime: null,
      specialAdCategories: [],
      countries: ['FR'],
      ageMin: 18,
      ageMax: 60,
      pageId: '107000000000001',
      leadFormId: '108000000000001',
      pixelId: null,
      linkUrl: 'https://example.com/offer',
      callToAction: 'SIGN_UP',
      utm: { utm_source: 'meta', utm_medium: 'paid-social', utm_content: '{{ad.id}}' },
      naming: { campaign: '{campaign}', adSet: '{adset}', creative: '{concept} | {ratio}', ad: '{concept} | {ratio} | {counter:3}' },
      enhancements: {},
      namingDate: '2026-11-20',
      accountName: 'Inlay demo',
      custom: {},
    },
    campaigns: [{ key: 'c1', name: 'Campaign one', dailyBudgetMinor: null }],
    adSets: Array.from({ length: adSets }, (_, i) => ({
      key: `s${i + 1}`,
      campaignKey: null,
      name: `Audience ${i + 1}`,
      dailyBudgetMinor: null,
      countries: null,
      ageMin: null,
      ageMax: null,
      optimizationGoal: null,
    })),
    concepts: conceptKeys.map((key) => ({ key, name: key.replace('-', ' '), hook: null, creator: null, lang: null })),
    copySets: [
      {
        key: 'default',
        conceptKey: null,
        headline: 'Find out more',
        primaryText: 'A short text that says what it is.',
        description: '',
        link: null,
        callToAction: null,
      },
    ],
    media,
    mode: 'all',
    n: null,
    rows: [],
    exclusions: [],
  };
  return { plan, files };
}

export async function uploadFiles(w: TestWorker, member: Member, files: TestFile[]): Promise<void> {
  // Drawing pictures blocks this process; a connection that was closed meanwhile must be noticed before it is used again.
  await new Promise((resolve) => setTimeout(resolve, 30));
  const { uploads } = await member.api.call(contracts.requestUploads, {
    body: { files: files.map(({ fileName, contentType, bytes, sha256 }) => ({ fileName, contentType, bytes: bytes.length, sha256 })) },
  });
  for (const upload of uploads) {
    const file = files.find((one) => one.sha256 === upload.sha256);
    if (upload.url === null || !file) continue;
    const { pathname, search } = new URL(upload.url);
    const answer = await (await fetch(w.origin + pathname + search, { method: 'PUT', body: file.bytes })).json<{ state: string }>();
    if (answer.state !== 'ready') throw new Error(`${file.fileName} was not taken: ${JSON.stringify(answer)}`);
  }
}

/** A signed-up organization with a connected ad account and a stored draft. */
export async function draftLaunch(
  w: TestWorker,
  size: PlanSize,
  edit: (plan: Plan) => void = () => undefined,
): Promise<{ member: Member; launch: LaunchSummary; plan: Plan; accountId: string }> {
  const member = await w.signUp();
  const { accountId } = await connectMeta(w, member);
  const { plan, files } = testPlan(size);
  edit(plan);
  await uploadFiles(w, member, files);
  const launch = await member.api.call(contracts.createLaunch, { body: { plan: plan as unknown as Record<string, unknown> } });
  return { member, launch, plan, accountId };
}

export async function approve(member: Member, launch: LaunchSummary): Promise<void> {
  await member.api.call(contracts.approveLaunch, {
    params: { id: launch.id },
    body: { planHash: launch.planHash, capMinor: launch.capMinor },
  });
}

export const look = (member: Member, launch: LaunchSummary): Promise<LaunchSummary> =>
  member.api.call(contracts.getLaunch, { params: { id: launch.id } });

/** Waits until the launch rests in one of these states. */
export function rest(
  w: TestWorker,
  member: Member,
  launch: LaunchSummary,
  states: LaunchSummary['state'][],
  timeoutMs = 60_000,
): Promise<LaunchSummary> {
  return w.until(
    `launch in ${states.join(' or ')}`,
    async () => {
      const now = await look(member, launch);
      return states.includes(now.state) ? now : null;
    },
    timeoutMs,
  );
}

export interface Built {
  id: string;
  kind: string;
  name: string | null;
  status: string | null;
  labels: string[];
  demo: boolean;
  fields: Record<string, unknown>;
}

export interface Oracle {
  planned: number;
  created: number;
  /** Objects ever made beyond the first of an intent, neutralised ones too. */
  extra: number;
  /** Of these, still alive. */
  duplicates: number;
  lost: number;
  ghosts: number;
  byToken: Map<string, Built[]>;
}

/** What truly exists at the platform with tokens of this launch, against our rows: the oracle's word. */
export async function compareWithOracle(w: TestWorker, launch: LaunchSummary): Promise<Oracle> {
  const answer = await (await fetch(`${w.sandbox.url}/_sandbox/objects?platform=meta`)).json<Built[] | { objects: Built[] }>();
  const objects = (Array.isArray(answer) ? answer : answer.objects).filter(
    (one) => !one.demo && ['campaign', 'adset', 'creative', 'ad'].includes(one.kind),
  );
  const { rows } = await w.db.query<{ client_token: string; external_id: string | null }>(
    `select client_token, external_id from launch_items where launch_id = $1 and kind <> 'media'`,
    [launch.id],
  );
  const alive = (found: Built[]) => found.filter((one) => !['DELETED', 'ARCHIVED'].includes(one.status ?? ''));
  const byToken = new Map(
    rows.map((row) => [
      row.client_token,
      objects.filter((one) => one.labels.includes(row.client_token) || one.name?.endsWith(row.client_token)),
    ]),
  );
  const beyondFirst = (pick: (found: Built[]) => Built[]) =>
    [...byToken.values()].reduce((n, found) => n + Math.max(0, pick(found).length - 1), 0);
  const of = (token: string) => alive(byToken.get(token) ?? []);
  return {
    planned: rows.length,
    created: rows.filter((row) => of(row.client_token).length > 0).length,
    extra: beyondFirst((found) => found),
    duplicates: beyondFirst(alive),
    lost: rows.filter((row) => row.external_id !== null && !of(row.client_token).some((one) => one.id === row.external_id)).length,
    ghosts: rows.filter((row) => row.external_id === null && of(row.client_token).length > 0).length,
    byToken,
  };
}

/** Calls that make something at the platform and reached it after `since` (UTC milliseconds), from the sandbox's own log. */
export function lateCreates(w: TestWorker, since: number): string[] {
  return w.sandbox.log.requests
    .filter((one) => one.method === 'POST' && /\/act_[^/]+\/(campaigns|adsets|adcreatives|ads|adimages|advideos)$/.test(one.route))
    .filter((one) => Date.parse(one.at) > since)
    .map((one) => `${one.at} ${one.route}`);
}

/** The same work delivered n times at once, beside whatever the queue delivers by itself. */
export async function deliverAtOnce(w: TestWorker, member: Member, launch: LaunchSummary, n: number): Promise<void> {
  const worker = await w.mf.getWorker();
  const messages = Array.from({ length: n }, (_, i) => ({
    id: `again-${i}-${Math.random()}`,
    timestamp: new Date(),
    attempts: 1,
    body: { v: 1, job: 'run-launch', organizationId: member.organizationId, input: { launchId: launch.id } },
  }));
  await worker.queue('inlay-launch', messages);
}

/** How many items of a launch are in each state, read past the API. */
export async function states(w: TestWorker, launch: LaunchSummary, kind?: string): Promise<Record<string, number>> {
  const { rows } = await w.db.query<{ state: string; n: number }>(
    `select state, count(*)::int as n from launch_items where launch_id = $1 and kind = coalesce($2, kind) group by state`,
    [launch.id, kind ?? null],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

export async function eventKinds(w: TestWorker, launch: LaunchSummary): Promise<string[]> {
  return (await w.db.query<{ kind: string }>('select kind from launch_events where launch_id = $1 order by at, id', [launch.id])).rows.map(
    (row) => row.kind,
  );
}
