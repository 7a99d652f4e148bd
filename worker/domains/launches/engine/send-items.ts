import { sql } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import type { CallOutcome } from '#shared/rules/launch-states.ts';
import type { Created } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { buildRequest, isObject, requestHash, type ObjectRow } from './build-request.ts';
import { claimItems, giveBack, type Claim, type Claimable } from './claim-items.ts';
import { tellVisible } from './first-visible.ts';
import { outcomeOf } from './item-error.ts';
import type { KnownFile } from './known-files.ts';
import type { Calls } from './permits.ts';
import { repeat } from './repeat.ts';
import { recordOutcomes, type Told } from './record-outcomes.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { prepareUpload } from './upload-media.ts';
import { builtAsPlanned } from './verify-items.ts';
import { isListable, noteFiles } from './verify-media.ts';

/** The one call of these claims: an outcome for each, or one thrown for all. */
type Send = (claims: readonly Claim[]) => Promise<(Created | PlatformError)[]>;

/** Creates that travel in one call. Rows of one kind, as many as the platform takes together. */
export async function sendObjects(run: Run, items: ObjectRow[], leftMs: number): Promise<void> {
  const requests = new Map(items.map((item) => [item.id, buildRequest(item, run.account, run.parents)]));
  const wanted = await Promise.all(items.map(async (item) => ({ item, hash: await requestHash(item, requests.get(item.id) ?? null) })));
  const calls = { writes: items.length, reads: run.platform.objects.readsBack ? items.length : 0 };
  await ship(run, wanted, leftMs, calls, async (claims) => {
    const began = run.ctx.now().getTime();
    const answers = await run.platform.objects.create(
      run.session,
      claims.flatMap(({ item }) => requests.get(item.id) ?? []),
    );
    run.freight.learn(claims.length, run.ctx.now().getTime() - began);
    run.freight.sendAlone(claims.flatMap(({ item }, i) => (saysSendAlone(answers[i]) ? [item] : [])));
    return answers;
  });
}

/** One file. What cannot be read now is tried again later; a file that can never be sent is refused by its call. */
export async function sendMedia(run: Run, item: ItemRow, leftMs: number): Promise<void> {
  const send = await prepare(run, item);
  if (send === null) return postpone(run, [item], 1_000);
  await ship(run, [{ item, hash: await requestHash(item, null) }], leftMs, { writes: 1 }, send);
}

/** Files the account has already: those that are still there are taken as they are, without a create; the others will be uploaded again. */
export async function reuseFiles(run: Run, files: readonly KnownFile[], leftMs: number): Promise<void> {
  const states = await statesOf(run, files);
  if (states === null)
    return postpone(
      run,
      files.map(({ item }) => item),
      1_000,
    );
  for (const { item } of files) if (!states.has(item.id)) run.lostFiles.add((item.spec as MediaSpec).sha256 ?? '');
  const there = files.filter(({ item }) => states.has(item.id));
  const idOf = new Map(there.map(({ item, externalId }) => [item.id, externalId]));
  const wanted = await Promise.all(there.map(async ({ item }) => ({ item, hash: await requestHash(item, null) })));
  const taken = await ship(run, wanted, leftMs, null, (claims) =>
    Promise.resolve(claims.map(({ item }) => ({ externalId: idOf.get(item.id) as string, traceId: null }))),
  );
  // A video's still picture is read like that of a new one.
  const images = taken.filter((item) => (item.spec as MediaSpec).kind === 'image');
  if (images.length > 0)
    await noteFiles(
      run,
      images.map((item) => ({ item, state: 'ready', thumbnail: null })),
    );
}

/** The items whose file can be used now; null = the platform could not say. */
async function statesOf(run: Run, files: readonly KnownFile[]): Promise<Set<string> | null> {
  try {
    const [first] = files;
    if (first && files.every(({ item }) => isListable(run, item))) {
      const ids = files.map((file) => file.externalId);
      const ready = await repeat(run, () => run.platform.media.ready?.(run.session, ids) ?? Promise.resolve(new Set<string>()));
      return new Set(files.filter((file) => ready.has(file.externalId)).map(({ item }) => item.id));
    }
    const there = new Set<string>();
    for (const { item, externalId } of files) if (await isReady(run, item, externalId)) there.add(item.id);
    return there;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return null;
  }
}

async function isReady(run: Run, item: ItemRow, externalId: string): Promise<boolean> {
  try {
    return (await repeat(run, () => run.platform.media.state(run.session, (item.spec as MediaSpec).kind, externalId))) === 'ready';
  } catch (error) {
    if (error instanceof PlatformError && error.failure === 'missing') return false;
    throw error;
  }
}

async function prepare(run: Run, item: ItemRow): Promise<Send | null> {
  try {
    const upload = await prepareUpload(run, item);
    return async ([claim]) => (claim ? [await upload(claim.attempt)] : []);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return error.failure === 'refused' ? () => Promise.reject(error) : null;
  }
}

/**
 * Claim, one call, record; returns what exists now, as its row stands. The claim decides who sends; whatever happens afterwards is found out by settling. Whatever has to be read
 * for the call was read before the claim: between the two nothing may take time, for cancelling and the window count on it.
 */
async function ship(
  run: Run,
  wanted: readonly Claimable[],
  leftMs: number,
  calls: Omit<Calls, 'purpose'> | null,
  send: Send,
): Promise<ItemRow[]> {
  const { ctx, clock } = run;
  if (calls && !(await run.permits.take(Math.min(leftMs, 5_000), { ...calls, purpose: 'launch' }))) {
    await postpone(
      run,
      wanted.map(({ item }) => item),
      1_000,
    );
    return [];
  }
  const claimedAt = ctx.now();
  const claims = await claimItems(run, wanted, claimedAt);
  if (claims.length === 0) return [];
  if (ctx.now().getTime() - claimedAt.getTime() > clock.startGuardMs || run.blocked) {
    await giveBack(run, claims);
    return [];
  }
  const told = await call(run, claims, send);
  const versions = await recordOutcomes(run, told);
  const shown = told.filter(({ asBuilt }) => asBuilt !== null).length;
  if (shown > 0) tellVisible(run, { by: 'read', n: shown, longestMs: ctx.now().getTime() - claimedAt.getTime() });
  return told.flatMap(({ item, attempt, outcome }) => {
    const version = versions.get(item.id);
    return version === undefined || outcome.kind !== 'created' ? [] : [{ ...item, attempt, version, externalId: outcome.externalId }];
  });
}

async function call(run: Run, claims: readonly Claim[], send: Send): Promise<Told[]> {
  const answers = await send(claims).catch((error: unknown) => claims.map(() => error));
  return claims.map((claim, i) => {
    const answer = answers[i];
    const { item } = claim;
    if (isCreated(answer)) {
      const asBuilt = answer.built && isObject(item) ? builtAsPlanned(run, item, answer.built) : null;
      return { ...claim, outcome: made(answer), traceId: answer.traceId, raw: null, asBuilt };
    }
    const detail = answer instanceof PlatformError ? answer.detail : null;
    if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
    if (!detail) run.ctx.log.error('launch.call_failed', answer, { item: item.id });
    return { ...claim, outcome: outcomeOf(answer), traceId: detail?.traceId ?? null, raw: detail?.raw ?? null, asBuilt: null };
  });
}

const saysSendAlone = (answer: unknown): boolean => answer instanceof PlatformError && answer.detail.sendAlone === true;
const isCreated = (answer: unknown): answer is Created => typeof answer === 'object' && answer !== null && 'externalId' in answer;
const made = ({ externalId }: Created): CallOutcome => ({ kind: 'created', externalId });

async function postpone(run: Run, items: readonly ItemRow[], ms: number): Promise<void> {
  const rows = items.map(({ id, version }) => ({ id, version }));
  await statement(
    run.ctx,
    sql`update launch_items i set not_before = ${at(run.ctx.now().getTime() + ms)} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as p(id text, version int)
    where i.id = p.id and i.version = p.version and i.organization_id = ${run.ctx.organizationId} and i.state = 'READY'`,
  );
}
