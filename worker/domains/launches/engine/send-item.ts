import { sql } from 'drizzle-orm';
import type { MediaSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../../../platforms/ads/ad-platform.ts';
import { buildRequest, isObject, requestHash } from './build-request.ts';
import { claimItem, giveBack } from './claim-item.ts';
import { outcomeOf } from './item-error.ts';
import { lookFor } from './look-for.ts';
import { recordOutcome, type Recorded } from './record-outcome.ts';
import { repeat } from './repeat.ts';
import type { ItemError, ItemRow, Run } from './run-state.ts';
import { at, statement } from './sql-rows.ts';
import { reusedMedia, uploadMedia } from './upload-media.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';

/** Claim, one call, record. The claim decides who sends; whatever happens afterwards is found out by settling. */
export async function sendItem(run: Run, item: ItemRow, leftMs: number): Promise<void> {
  const { ctx, clock } = run;
  const request = isObject(item) ? buildRequest(item, run.account, run.parents) : null;
  const hash = await requestHash(item, request);
  if (!(await run.permits.take(Math.min(leftMs, 5_000)))) return postpone(run, item, 1_000);
  const claimedAt = ctx.now();
  const attempt = await claimItem(run, item, hash, claimedAt);
  if (attempt === null) return;
  if (ctx.now().getTime() - claimedAt.getTime() > clock.startGuardMs || run.blocked) return giveBack(run, item, attempt);
  const told = await call(run, item, request, attempt);
  await recordOutcome(run, item, attempt, told);
}

async function call(run: Run, item: ItemRow, request: CreateRequest | null, attempt: number): Promise<Recorded> {
  try {
    const made =
      (await adoptHeld(run, item)) ??
      (request ? await run.platform.objects.create(run.session, request) : await upload(run, item, attempt));
    return { outcome: { kind: 'created', externalId: made.externalId }, traceId: made.traceId, raw: null };
  } catch (error) {
    const detail = error instanceof PlatformError ? error.detail : null;
    if (error instanceof PlatformError && error.failure === 'auth') run.blocked = error;
    if (!detail) run.ctx.log.error('launch.call_failed', error, { item: item.id });
    return { outcome: outcomeOf(error), traceId: detail?.traceId ?? null, raw: detail?.raw ?? null };
  }
}

async function upload(run: Run, item: ItemRow, attempt: number): Promise<{ externalId: string; traceId: string | null }> {
  const known = await reusedMedia(run, item);
  // It may have been deleted at the platform since; then it is uploaded anew.
  const isThere =
    known !== null && (await repeat(run, () => run.platform.media.state(run.session, (item.spec as MediaSpec).kind, known))) === 'ready';
  return known === null || !isThere ? uploadMedia(run, item, attempt) : { externalId: known, traceId: null };
}

/** A row a person sent on from HELD may already exist: it is looked for first. A look that fails is a plain "not now". */
async function adoptHeld(run: Run, item: ItemRow): Promise<{ externalId: string; traceId: null } | null> {
  if ((item.lastError as ItemError | null)?.retry !== 'ask') return null;
  try {
    const [oldest] = await lookFor(run, item);
    return oldest ? { externalId: oldest.externalId, traceId: null } : null;
  } catch (error) {
    if (error instanceof PlatformError && error.failure !== 'auth')
      throw new PlatformError('throttled', 'Could not look for it yet; nothing was sent.', { ...error.detail, retryAfterSeconds: 5 });
    throw error;
  }
}

async function postpone(run: Run, item: ItemRow, ms: number): Promise<void> {
  const now = run.ctx.now();
  await statement(
    run.ctx,
    sql`update launch_items set not_before = ${at(now.getTime() + ms)} where id = ${item.id} and organization_id = ${run.ctx.organizationId} and state = 'READY' and version = ${item.version}`,
  );
}
