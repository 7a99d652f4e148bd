import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { connectMeta } from './connect-meta.ts';
import type { Member, TestWorker } from './harness.ts';
import { testPlan, type PlanSize, type TestFile } from './test-plan.ts';

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
  return { member, plan, accountId, launch: await storeDraft(w, member, plan, files) };
}

/** A draft on whatever platform its plan is for, its files uploaded. */
export async function storeDraft(w: TestWorker, member: Member, plan: Plan, files: TestFile[]): Promise<LaunchSummary> {
  if (files.length > 0) await uploadFiles(w, member, files);
  return member.api.call(contracts.createLaunch, { body: { plan: plan as unknown as Record<string, unknown> } });
}

export async function approve(member: Member, launch: LaunchSummary): Promise<void> {
  await member.api.call(contracts.approveLaunch, {
    params: { id: launch.id },
    body: { planHash: launch.planHash, capMinor: launch.capMinor },
  });
}

export const look = (member: Member, launch: LaunchSummary): Promise<LaunchSummary> =>
  member.api.call(contracts.getLaunch, { params: { id: launch.id } });

/** Waits until the launch rests in one of these states; how long that takes is nobody's promise here, and a busy machine takes its time. */
export function rest(
  w: TestWorker,
  member: Member,
  launch: LaunchSummary,
  states: LaunchSummary['state'][],
  timeoutMs = 120_000,
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
  /** Where the platform has them. */
  labels?: string[];
  demo: boolean;
  /** Whether money can flow through it now, and whether it was taken away, where the imitation says so. */
  canSpend?: boolean;
  isDeleted?: boolean;
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
export async function compareWithOracle(w: TestWorker, launch: LaunchSummary, platform: AdPlatformId = 'meta'): Promise<Oracle> {
  const answer = await (await fetch(`${w.sandbox.url}/_sandbox/objects?platform=${platform}`)).json<Built[] | { objects: Built[] }>();
  // Where an ad holds its content itself, what it is made with has no row.
  const kinds = ['campaign', 'adset', 'ad_set', 'ad', ...(platformRules(platform).hasCreatives ? ['creative'] : [])];
  const objects = (Array.isArray(answer) ? answer : answer.objects)
    .filter((one) => !one.demo && kinds.includes(one.kind))
    .map((one) => ({ ...one, id: one.id.replace(/^urn:.*:/, '') }));
  const { rows } = await w.db.query<{ client_token: string; external_id: string | null }>(
    `select client_token, external_id from launch_items where launch_id = $1 and kind <> 'media'`,
    [launch.id],
  );
  const alive = (found: Built[]) =>
    found.filter((one) => one.isDeleted !== true && !['DELETED', 'DELETE', 'ARCHIVED', 'REMOVED'].includes(one.status ?? ''));
  const byToken = new Map(rows.map((row) => [row.client_token, objects.filter((one) => carries(one, row.client_token))]));
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

/** As a label, at the end of a name, or in the tail of a link. */
const carries = ({ labels, name, fields }: Built, token: string): boolean =>
  labels?.includes(token) === true || name?.endsWith(token) === true || JSON.stringify(fields).includes(`inlay=${token}`);

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
