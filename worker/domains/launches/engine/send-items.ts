import { sql } from 'drizzle-orm';
import type { CallOutcome } from '#shared/rules/launch-states.ts';
import type { Created } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { buildRequest, requestHash, type ObjectRow } from './build-request.ts';
import { claimItems, giveBack, type Claim, type Claimable } from './claim-items.ts';
import { outcomeOf } from './item-error.ts';
import { recordOutcomes, type Told } from './record-outcomes.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { prepareUpload, reusableMedia } from './upload-media.ts';

/** The one call of these claims: an outcome for each, or one thrown for all. */
type Send = (claims: readonly Claim[]) => Promise<(Created | PlatformError)[]>;

/** Creates that travel in one call. Rows of one kind, as many as the platform takes together. */
export async function sendObjects(run: Run, items: ObjectRow[], leftMs: number): Promise<void> {
  const requests = new Map(items.map((item) => [item.id, buildRequest(item, run.account, run.parents)]));
  const wanted = await Promise.all(items.map(async (item) => ({ item, hash: await requestHash(item, requests.get(item.id) ?? null) })));
  await ship(run, wanted, leftMs, async (claims) => {
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
  await ship(run, [{ item, hash: await requestHash(item, null) }], leftMs, send);
}

async function prepare(run: Run, item: ItemRow): Promise<Send | null> {
  try {
    const known = await reusableMedia(run, item);
    if (known !== null) return () => Promise.resolve([{ externalId: known, traceId: null }]);
    const upload = await prepareUpload(run, item);
    return async ([claim]) => (claim ? [await upload(claim.attempt)] : []);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return error.failure === 'refused' ? () => Promise.reject(error) : null;
  }
}

/**
 * Claim, one call, record. The claim decides who sends; whatever happens afterwards is found out by settling. Whatever has to be read
 * for the call was read before the claim: between the two nothing may take time, for cancelling and the window count on it.
 */
async function ship(run: Run, wanted: readonly Claimable[], leftMs: number, send: Send): Promise<void> {
  const { ctx, clock } = run;
  const items = wanted.map(({ item }) => item);
  if (!(await run.permits.take(Math.min(leftMs, 5_000), { writes: wanted.length, purpose: 'launch' }))) return postpone(run, items, 1_000);
  const claimedAt = ctx.now();
  const claims = await claimItems(run, wanted, claimedAt);
  if (claims.length === 0) return;
  if (ctx.now().getTime() - claimedAt.getTime() > clock.startGuardMs || run.blocked) return giveBack(run, claims);
  await recordOutcomes(run, await call(run, claims, send));
}

async function call(run: Run, claims: readonly Claim[], send: Send): Promise<Told[]> {
  const answers = await send(claims).catch((error: unknown) => claims.map(() => error));
  return claims.map((claim, i) => {
    const answer = answers[i];
    if (isCreated(answer)) return { ...claim, outcome: made(answer), traceId: answer.traceId, raw: null };
    const detail = answer instanceof PlatformError ? answer.detail : null;
    if (answer instanceof PlatformError && answer.failure === 'auth') run.blocked = answer;
    if (!detail) run.ctx.log.error('launch.call_failed', answer, { item: claim.item.id });
    return { ...claim, outcome: outcomeOf(answer), traceId: detail?.traceId ?? null, raw: detail?.raw ?? null };
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
