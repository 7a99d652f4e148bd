import { and, asc, eq, sql } from 'drizzle-orm';
import { launchItems } from '#schema/index.ts';
import type { CreativeSpec, MediaSpec } from '#shared/rules/planned-item.ts';
import type { CreateRequest } from '../../../platforms/ads/ad-platform.ts';
import { PlatformError } from '../../../platforms/platform-error.ts';
import { buildRequest, isObject } from './build-request.ts';
import { splitKnown } from './known-files.ts';
import type { ItemRow, Parent, Run } from './run-state.ts';
import type { Left } from './run-launch.ts';
import { at, statement } from './sql-rows.ts';

export interface Validation {
  level: 'platform' | 'local' | 'not_checkable';
  ok: boolean;
  note: string | null;
}

const TRIES = 4;
const LANES = 4;
const PASSED = 'Our own checks passed.';

/** The dry run: every row gets one of three levels, and nothing is created. It can be repeated from any point. */
export async function checkLaunch(run: Run, until: number): Promise<Left> {
  const { ctx, launch } = run;
  const rows = await ctx.read((q) =>
    q
      .select()
      .from(launchItems)
      .where(
        and(
          eq(launchItems.launchId, launch.id),
          eq(launchItems.organizationId, ctx.organizationId),
          sql`${launchItems.validation} is null`,
        ),
      )
      .orderBy(asc(launchItems.position)),
  );
  const known = await knownMedia(run, rows);
  const waiting = [...rows];
  const results: { id: string; validation: Validation }[] = [];
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      for (let item = waiting.shift(); item && !run.blocked && ctx.now().getTime() < until; item = waiting.shift())
        results.push({ id: item.id, validation: await checkItem(run, item, known) });
    }),
  );
  await statement(
    ctx,
    sql`update launch_items i set validation = s.validation, updated_at = ${at(ctx.now())} from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as s(id text, validation jsonb)
    where i.id = s.id and i.organization_id = ${ctx.organizationId}`,
  );
  if (results.length < rows.length) return run.blocked ? null : { againInMs: 0 };
  await statement(
    ctx,
    sql`update launches set state = 'checked', version = version + 1, updated_at = ${at(ctx.now())} where id = ${launch.id} and organization_id = ${ctx.organizationId} and state = 'checking'`,
  );
  run.nudge();
  return null;
}

async function checkItem(run: Run, item: ItemRow, known: Map<string, Parent>): Promise<Validation> {
  if (!isObject(item)) return { level: 'local', ok: true, note: `${PASSED} Media is judged when it is uploaded.` };
  if (!run.platform.objects.validate) return { level: 'local', ok: true, note: `${PASSED} The platform has no check of its own.` };
  if (item.kind === 'ad_set' || item.kind === 'ad')
    return { level: 'not_checkable', ok: true, note: `${PASSED} The platform can judge it once its parent exists.` };
  if (item.kind === 'creative' && !hasMedia(item.spec as CreativeSpec, item, known))
    return { level: 'local', ok: true, note: `${PASSED} The platform can judge it once its media are uploaded.` };
  return askPlatform(run, buildRequest(item, run.account, known));
}

/** Validating changes nothing at the platform, so it may simply be asked again. */
async function askPlatform(run: Run, request: CreateRequest): Promise<Validation> {
  for (let n = 0; n < TRIES; n += 1) {
    try {
      await run.permits.take(5_000, { writes: 1, purpose: 'check' });
      const answer = await run.platform.objects.validate?.(run.session, request);
      return answer === 'accepted' ? { level: 'platform', ok: true, note: null } : { level: 'not_checkable', ok: true, note: PASSED };
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      if (error.failure === 'refused' || error.failure === 'missing') return { level: 'platform', ok: false, note: error.message };
      if (error.failure === 'auth') run.blocked = error;
      await run.ctx.ports.sleep(200 * 2 ** n);
    }
  }
  return { level: 'local', ok: true, note: `${PASSED} The platform did not answer this time.` };
}

const hasMedia = (spec: CreativeSpec, item: ItemRow, known: Map<string, Parent>) =>
  item.dependsOn.every((id) => known.has(id)) && (spec.mediaKind === 'image' || spec.thumbnailPath !== null);

/** Files this account already has, as if their items were made. */
async function knownMedia(run: Run, rows: ItemRow[]): Promise<Map<string, Parent>> {
  const { known } = await splitKnown(
    run,
    rows.filter((row) => row.kind === 'media'),
  );
  return new Map(
    known.map(({ item: { id, kind, itemPath, spec }, externalId }) => [
      id,
      { id, kind, itemPath, externalId, mediaKind: (spec as MediaSpec).kind, thumbnail: null },
    ]),
  );
}
