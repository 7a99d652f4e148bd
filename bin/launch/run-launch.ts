import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiClient } from '#shared/api-client/create-api-client.ts';
import * as connections from '#shared/contracts/connections.ts';
import type { AdAccount } from '#shared/contracts/connections.ts';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary, PlanProblem } from '#shared/contracts/launches.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import { normalisePlan, planHashInput } from '#shared/rules/normalise-plan.ts';
import { hasErrors } from '#shared/rules/plan-problem.ts';
import { SheetFileError } from '#shared/sheets/parse-csv.ts';
import { builderState } from '../../extension/src/app/launch-builder/builder-state.ts';
import { emptyDraft, type Draft, type DraftMedia } from '../../extension/src/app/launch-builder/draft.ts';
import { makePlan } from '../../extension/src/app/launch-builder/make-plan.ts';
import { readSheetFile } from '../../extension/src/app/launch-builder/read-sheet-file.ts';
import { uploadMedia } from '../../extension/src/app/upload-media.ts';
import { EXIT, Stop } from '../exit.ts';
import { countsLine, problemLine, refusedLine } from './lines.ts';
import type { Wish } from './read-arguments.ts';
import { readFolder } from './read-folder.ts';
import { waitUntil } from './wait-until.ts';

/** What a run found, for the JSON line; filled as it goes, so that a run that ends early tells what it knows. */
export interface Report {
  problems: PlanProblem[];
  /** Rows the platform's validator refused. */
  refused: { itemPath: string; kind: string; note: string | null }[];
  launch: Pick<LaunchSummary, 'id' | 'name' | 'state' | 'planHash' | 'counts' | 'byState' | 'capMinor' | 'currency'> | null;
  /** Where a person opens and approves it. */
  address: string | null;
  /** The launch is that of an earlier run with the same plan. */
  isRepeat: boolean;
}
interface Run {
  api: ApiClient;
  say: (line: string) => void;
  report: Report;
}

const REST: readonly LaunchSummary['state'][] = ['verified', 'active', 'needs_attention', 'cancelled'];

/** From files to a stored, checked draft, by the builder's own rules. @returns the exit code @throws Stop, ApiError, ApiUnreachable */
export async function runLaunch(wish: Wish, run: Run): Promise<number> {
  const { api, say, report } = run;
  const account = await chooseAccount(api, wish.account);
  const draft = await readDraft(wish, account, run);
  const made = makePlan(draft, account);
  // As the service keeps it: a repeated run sends the very same bytes.
  const plan = normalisePlan(made.plan);
  say(`${account.name}: ${countsLine(made.expanded.counts)}`);
  tell(run, made.problems);
  if (hasErrors(report.problems)) return stopForErrors(say);
  await upload(draft, plan, run);
  const preview = await api.call(launches.previewLaunch, { body: wire(plan) });
  const known = new Set(made.problems.map((one) => `${one.code} ${one.itemPath}`));
  tell(
    run,
    preview.problems.filter((one) => !known.has(`${one.code} ${one.itemPath}`)),
  );
  if (hasErrors(report.problems)) return stopForErrors(say);

  const began = Date.now();
  let launch = await api.call(launches.createLaunch, { body: wire(plan), idempotencyKey: keyOf(plan, wish.again) });
  // The answer to a repeated run is the first one's: what has become of it since is asked for.
  launch = await look(run, launch.id);
  say(
    report.isRepeat
      ? `This plan was stored before as "${launch.name}" (${launch.id}); nothing was stored twice.`
      : `Stored as a draft: ${launch.id}.`,
  );
  const end = began + wish.timeoutMs;
  if (launch.state === 'draft' || launch.state === 'checking') {
    if (launch.state === 'draft') await api.call(launches.dryRunLaunch, { params: { id: launch.id } });
    say('The platform is asked to validate every row; nothing is created.');
    launch = await waitUntil(
      () => look(run, launch.id),
      (now) => now.state !== 'checking' && now.state !== 'draft',
      end,
    );
  }
  const refused = await tellValidation(run, launch);
  if (refused > 0 && launch.state === 'checked') return EXIT.refusedRows;
  if (wish.dryRun) {
    say('Checked. Nothing was created, and nothing will be without the approval of a person.');
    return EXIT.done;
  }
  if (launch.approvedAt === null) say(`A person approves it here: ${report.address}`);
  if (!wish.wait) return EXIT.done;
  return follow(run, launch, end);
}

async function chooseAccount(api: ApiClient, wanted: string | null): Promise<AdAccount> {
  const { adAccounts } = await api.call(connections.listAdAccounts, {});
  const bare = (id: string) => id.replace(/^act_/, '');
  const fits = wanted === null ? adAccounts : adAccounts.filter((one) => bare(one.externalId) === bare(wanted) || one.id === wanted);
  const [account] = fits;
  if (account !== undefined && fits.length === 1) return account;
  const list = adAccounts.map((one) => `  ${one.externalId}  ${one.name} (${one.platform}, ${one.currency})`).join('\n');
  throw new Stop(
    EXIT.usage,
    adAccounts.length === 0
      ? 'No ad account is connected. Connect one in Inlay first.'
      : `${wanted === null ? 'Say which ad account (--account):' : `There is no ad account ${wanted}:`}\n${list}`,
  );
}

async function readDraft(wish: Wish, account: AdAccount, { api, say }: Run): Promise<Draft> {
  const bytes = await readFile(wish.sheet).catch(() => {
    throw new Stop(EXIT.usage, `There is no file ${wish.sheet}.`);
  });
  const sheet = await readSheetFile(new File([new Uint8Array(bytes)], path.basename(wish.sheet))).catch((error: unknown) => {
    throw error instanceof SheetFileError ? new Stop(EXIT.planErrors, `${wish.sheet}: ${error.message}`) : error;
  });
  const { media, skipped } = await readFolder(wish.media);
  if (skipped.length > 0) say(`Left out, neither PNG, JPEG, MP4 nor MOV: ${skipped.join(', ')}`);
  const empty = emptyDraft(account.id, '');
  const pageId = wish.settings.pageId ?? (await onlyPage(api, account));
  const settings = { ...empty.settings, ...wish.settings, pageId };
  const draft = builderState({ ...empty, name: wish.name ?? '', settings }, { type: 'sheet', sheet, key: '' });
  return { ...draft, media };
}

/** A connection that speaks for one page leaves nothing to choose. */
async function onlyPage(api: ApiClient, account: AdAccount): Promise<string> {
  const { pages } = await api.call(connections.listPages, { params: { id: account.id } });
  return pages.length === 1 ? (pages[0]?.id ?? '') : '';
}

function tell({ say, report }: Run, problems: readonly PlanProblem[]): void {
  report.problems.push(...problems);
  for (const problem of problems) say(problemLine(problem));
}

function stopForErrors(say: Run['say']): number {
  say('The plan has errors. Nothing was stored and nothing was created; correct them and run it again.');
  return EXIT.planErrors;
}

async function upload(draft: Draft, plan: Plan, { api, say }: Run): Promise<void> {
  const used = new Set(plan.media.map((one) => one.sha256));
  const files = draft.media.flatMap(({ file, sha256 }: DraftMedia) => (file !== null && used.has(sha256) ? [{ file, sha256 }] : []));
  const refusals = await uploadMedia(api, files, () => undefined, new AbortController().signal);
  if (refusals.length > 0) throw new Stop(EXIT.planErrors, refusals.map((one) => `${one.fileName} was refused: ${one.reason}`).join('\n'));
  say(`${new Set(files.map((one) => one.sha256)).size} media files are stored.`);
}

async function look({ api, report }: Run, id: string): Promise<LaunchSummary> {
  const launch = await api.call(launches.getLaunch, { params: { id } });
  const { name, state, planHash, counts, byState, capMinor, currency } = launch;
  report.launch = { id, name, state, planHash, counts, byState, capMinor, currency };
  report.address = launch.address ?? null;
  return launch;
}

async function tellValidation({ api, say, report }: Run, launch: LaunchSummary): Promise<number> {
  const levels = new Map<string, number>();
  for (let cursor: string | undefined, more = true; more;) {
    const page = await api.call(launches.listLaunchItems, {
      params: { id: launch.id },
      query: { pageSize: 200, ...(cursor === undefined ? {} : { cursor }) },
    });
    for (const item of page.items) noteValidation(item, levels, report);
    more = page.nextCursor !== null;
    cursor = page.nextCursor ?? undefined;
  }
  const of = (level: string) => levels.get(level) ?? 0;
  say(`Validated by the platform: ${of('platform')} · checked here: ${of('local')} · not checkable before: ${of('not_checkable')}`);
  for (const one of report.refused) say(refusedLine(one));
  return report.refused.length;
}

function noteValidation({ validation, itemPath, kind }: LaunchItem, levels: Map<string, number>, report: Report): void {
  if (validation === null) return;
  if (validation.ok) levels.set(validation.level, (levels.get(validation.level) ?? 0) + 1);
  else report.refused.push({ itemPath, kind, note: validation.note });
}

async function follow(run: Run, launch: LaunchSummary, end: number): Promise<number> {
  let said = '';
  const done = await waitUntil(
    async () => {
      const now = await look(run, launch.id);
      const line = `${now.state.replace('_', ' ')}: ${now.byState.VERIFIED + now.byState.ACTIVE} of ${now.counts.total} read back`;
      if (line !== said) run.say(line);
      said = line;
      return now;
    },
    (now) => REST.includes(now.state),
    end,
  );
  if (done.state === 'verified')
    run.say(`Everything exists, paused, and was read back. A person switches it on here: ${run.report.address}`);
  if (done.attention !== null) run.say(done.attention);
  return done.state === 'needs_attention' || done.state === 'cancelled' ? EXIT.needsPerson : EXIT.done;
}

/** The same for the same plan, so that a run that is repeated within a day stores one launch. */
function keyOf(plan: Plan, again: string | null): string {
  return `inlay-cli-${createHash('sha256')
    .update(`${planHashInput(plan)}\n${again ?? ''}`)
    .digest('hex')}`;
}

const wire = (plan: Plan) => ({ plan: plan as unknown as Record<string, unknown> });
