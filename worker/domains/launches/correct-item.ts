import { and, eq, sql } from 'drizzle-orm';
import type { BodyOf } from '#shared/contracts/define-contract.ts';
import type { correctItem as contract, LaunchSummary } from '#shared/contracts/launches.ts';
import { canonicalJson } from '#shared/rules/canonical-json.ts';
import { correctRow, planOfRow, type Corrected } from '#shared/rules/correct-row.ts';
import { needsSecondPerson } from '#shared/rules/spend-limits.ts';
import { launchCorrections, launchItems } from '#schema/index.ts';
import { sha256Hex } from '../../kernel/bytes.ts';
import type { Context, Tx } from '../../kernel/context.ts';
import { AppError, notFound } from '../../kernel/errors.ts';
import { lockLaunch, requireStanding } from './approval/second-person.ts';
import { correctedError } from './engine/item-error.ts';
import type { ItemError, ItemRow } from './engine/run-state.ts';
import { getLaunch } from './get-launch.ts';
import { runLaunchJob } from './jobs/run-launch.ts';
import { fetchLaunch, type LaunchRow } from './launch-facts.ts';
import { lockLimits } from './limits/read-limits.ts';
import { moveLaunch, noteEvent } from './move-launch.ts';
import { readPlan } from './plan/read-plan.ts';
import { renewFingerprints } from './plan/renew-fingerprints.ts';

/**
 * A refused row's values put right in place: the same token and path, a new spec, a new plan hash. It goes through the checks of every plan
 * and is then sent, it alone. Words need whoever may plan; budget, audience, link and button are an approval of their own, by a person who
 * may approve and proves who they are. Above the threshold nothing is sent before a second person has approved the plan as it is then.
 */
export async function correctItem(ctx: Context, input: { id: string; itemId: string } & BodyOf<typeof contract>): Promise<LaunchSummary> {
  ctx.require('launches:write');
  const { userId } = ctx.person();
  const found = await fetchLaunch(ctx, input.id);
  const mine = and(
    eq(launchItems.id, input.itemId),
    eq(launchItems.launchId, found.id),
    eq(launchItems.organizationId, ctx.organizationId),
  );
  const [row] = await ctx.read((q) => q.select().from(launchItems).where(mine));
  if (!row) throw notFound('row');
  const corrected = readCorrection(row, input.changes);
  if (!corrected.isWords) {
    ctx.require('launches:approve');
    ctx.requireProof();
  }
  await requireSound(ctx, found, row, corrected);
  const specHash = await sha256Hex(canonicalJson(corrected.spec));
  const planHash = await sha256Hex(canonicalJson({ plan: found.planHash, itemPath: row.itemPath, kind: row.kind, specHash }));
  await ctx.transaction(async (tx) => {
    const launch = await lockLaunch(ctx, tx, found.id, input.planHash);
    if (!corrected.isWords) await requireStanding(ctx, tx);
    const isSecond = needsSecondPerson(await lockLimits(ctx, tx), launch.currency, launch.capMinor);
    const now = ctx.now();
    const approval = isSecond ? {} : { approvedPlanHash: planHash, ...(corrected.isWords ? {} : { approvedBy: userId, approvedAt: now }) };
    await moveLaunch(ctx, tx, launch, ['needs_attention'], { state: isSecond ? 'needs_attention' : 'running', planHash, ...approval });
    const [taken] = await tx.sql
      .update(launchItems)
      .set({
        spec: corrected.spec,
        specHash,
        state: isSecond ? 'REJECTED' : 'READY',
        lastError: isSecond ? correctedError() : null,
        notBefore: null,
        flakyRetries: 0,
        version: sql`${launchItems.version} + 1`,
        updatedAt: now,
      })
      .where(and(mine, eq(launchItems.state, 'REJECTED'), eq(launchItems.version, row.version)))
      .returning({ id: launchItems.id });
    if (!taken) throw movedOn();
    await requireWithinCap(ctx, tx, launch);
    await renewFingerprints(ctx, tx, row);
    const changed = { fields: corrected.fields, planHashBefore: launch.planHash, planHashAfter: planHash };
    await tx.sql.insert(launchCorrections).values({
      ...changed,
      id: ctx.newId('cor'),
      organizationId: ctx.organizationId,
      launchId: launch.id,
      itemId: row.id,
      before: row.spec,
      after: corrected.spec,
      by: userId,
      at: now,
    });
    await noteEvent(ctx, tx, launch.id, 'row_corrected', { itemId: row.id, ...changed, isApproval: !corrected.isWords && !isSecond });
    if (!isSecond) await tx.enqueue(runLaunchJob, { launchId: launch.id });
    await tx.audit('launch.correct', launch.id, { itemId: row.id, ...changed });
  });
  return getLaunch(ctx, input);
}

const movedOn = () =>
  new AppError(
    'conflict',
    'Only a row that the platform refused can be corrected, and this one is not, or no longer. Reload it and look again.',
    {
      reason: 'launch_moved_on',
    },
  );

/** @throws conflict unless the row was refused and can be cured; invalid_input naming what is no field of it, or when nothing changes */
function readCorrection(row: ItemRow, changes: BodyOf<typeof contract>['changes']): Corrected {
  const error = row.lastError as ItemError | null;
  if (row.state !== 'REJECTED' || (error?.retry !== 'fixable' && error?.code !== correctedError().code)) throw movedOn();
  try {
    const corrected = correctRow(row, changes);
    if (corrected.fields.length > 0) return corrected;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new AppError('invalid_input', `${cause.message} cannot be corrected on this row. Nothing was changed.`, {
      fields: [{ path: `changes.${cause.message}`, message: 'Make a new plan for this.' }],
    });
  }
  throw new AppError('invalid_input', 'Nothing in it differs from what was refused. Change a value, or retry the row as it is.', {
    fields: [{ path: 'changes', message: 'Change at least one value.' }],
  });
}

/** The checks every plan goes through, on the row's own small plan; what has become wrong with the whole plan (a start that has passed) is not its. */
async function requireSound(ctx: Context, launch: LaunchRow, row: ItemRow, corrected: Corrected): Promise<void> {
  const stored = launch.plan as Parameters<typeof planOfRow>[0];
  const [whole, small] = await Promise.all([readPlan(ctx, stored), readPlan(ctx, planOfRow(stored, { ...row, spec: corrected.spec }))]);
  const known = new Set(whole.problems.map((problem) => `${problem.code} ${problem.itemPath}`));
  const errors = small.problems.filter((problem) => problem.severity === 'error' && !known.has(`${problem.code} ${problem.itemPath}`));
  if (errors.length === 0) return;
  throw new AppError('invalid_input', 'The corrected row has errors; nothing was changed. Correct them and send it again.', {
    fields: errors.map((problem) => ({ path: problem.itemPath ?? 'changes', message: `${problem.message} ${problem.fix}` })),
  });
}

/** A correction moves budgets within what was approved, and never beyond it. */
async function requireWithinCap(ctx: Context, tx: Tx, launch: LaunchRow): Promise<void> {
  const [sum] = await tx.sql
    .select({ daily: sql<string>`coalesce(sum((${launchItems.spec} ->> 'dailyBudgetMinor')::bigint), 0)::text` })
    .from(launchItems)
    .where(
      and(
        eq(launchItems.launchId, launch.id),
        eq(launchItems.organizationId, ctx.organizationId),
        sql`${launchItems.kind} in ('campaign', 'ad_set')`,
      ),
    );
  if (BigInt(sum?.daily ?? 0) > BigInt(launch.capMinor))
    throw new AppError(
      'conflict',
      'The daily budgets would be above the approved cap. Nothing was changed; a higher budget takes a new plan.',
      {
        reason: 'above_the_cap',
      },
    );
}
