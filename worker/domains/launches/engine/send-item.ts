import { sql } from 'drizzle-orm';
import type { Created, CreateRequest } from '../../../platforms/ads/ad-platform.ts';
import { buildRequest, isObject, requestHash } from './build-request.ts';
import { claimItem, giveBack } from './claim-item.ts';
import { outcomeOf } from './item-error.ts';
import { recordOutcome, type Recorded } from './record-outcome.ts';
import type { ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { prepareUpload, reusableMedia } from './upload-media.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';

/** The one call of an attempt. */
type Send = (attempt: number) => Promise<Created>;

/**
 * Claim, one call, record. The claim decides who sends; whatever happens afterwards is found out by settling. Whatever has to be read
 * for the call is read before the claim: between the two nothing may take time, for cancelling and the window count on it.
 */
export async function sendItem(run: Run, item: ItemRow, leftMs: number): Promise<void> {
  const { ctx, clock } = run;
  const request = isObject(item) ? buildRequest(item, run.account, run.parents) : null;
  const hash = await requestHash(item, request);
  const send = await prepare(run, item, request);
  if (send === null || !(await run.permits.take(Math.min(leftMs, 5_000)))) return postpone(run, item, 1_000);
  const claimedAt = ctx.now();
  const attempt = await claimItem(run, item, hash, claimedAt);
  if (attempt === null) return;
  if (ctx.now().getTime() - claimedAt.getTime() > clock.startGuardMs || run.blocked) return giveBack(run, item, attempt);
  await recordOutcome(run, item, attempt, await call(run, item, () => send(attempt)));
}

/** Null = what has to be read first cannot be read now; nothing was claimed. A file that can never be sent is refused by its call. */
async function prepare(run: Run, item: ItemRow, request: CreateRequest | null): Promise<Send | null> {
  if (request) return () => run.platform.objects.create(run.session, request);
  try {
    const known = await reusableMedia(run, item);
    return known === null ? await prepareUpload(run, item) : async () => ({ externalId: known, traceId: null });
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.failure === 'auth') run.blocked = error;
    return error.failure === 'refused' ? () => Promise.reject(error) : null;
  }
}

async function call(run: Run, item: ItemRow, send: () => Promise<Created>): Promise<Recorded> {
  try {
    const made = await send();
    return { outcome: { kind: 'created', externalId: made.externalId }, traceId: made.traceId, raw: null };
  } catch (error) {
    const detail = error instanceof PlatformError ? error.detail : null;
    if (error instanceof PlatformError && error.failure === 'auth') run.blocked = error;
    if (!detail) run.ctx.log.error('launch.call_failed', error, { item: item.id });
    return { outcome: outcomeOf(error), traceId: detail?.traceId ?? null, raw: detail?.raw ?? null };
  }
}

async function postpone(run: Run, item: ItemRow, ms: number): Promise<void> {
  const now = run.ctx.now();
  await statement(
    run.ctx,
    sql`update launch_items set not_before = ${at(now.getTime() + ms)} where id = ${item.id} and organization_id = ${run.ctx.organizationId} and state = 'READY' and version = ${item.version}`,
  );
}
