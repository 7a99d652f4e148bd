import { and, desc, eq } from 'drizzle-orm';
import { launchApprovals, launches, memberships } from '#schema/index.ts';
import { may, ROLE_PERMISSIONS } from '#shared/rules/permissions.ts';
import { APPROVAL_MS, needsSecondPerson, secondPersonFault, type SpendLimit } from '#shared/rules/spend-limits.ts';
import type { Context, Tx } from '../../../kernel/context.ts';
import { AppError, notFound } from '../../../kernel/errors.ts';
import type { LaunchRow } from '../launch-facts.ts';
import { correctorsOf, openRequest, type Approval } from './read-approvals.ts';

/**
 * The launch behind a lock, as it is now: whoever asks, approves, declines, corrects or switches on stands in line.
 * @throws plan_changed when it is not the plan the caller looked at
 */
export async function lockLaunch(ctx: Context, tx: Tx, id: string, planHash: string | null = null): Promise<LaunchRow> {
  const [launch] = await tx.sql
    .select()
    .from(launches)
    .where(and(eq(launches.id, id), eq(launches.organizationId, ctx.organizationId)))
    .for('update');
  if (!launch) throw notFound('launch');
  if (planHash !== null && planHash !== launch.planHash)
    throw new AppError('plan_changed', 'The plan you looked at is not the plan that is stored. Nothing was approved; look at it again.');
  return launch;
}

/**
 * The caller's right to approve as it is at this instant, held until the commit: a role taken away a moment ago counts, and one that is
 * being taken away waits for us.
 */
export async function requireStanding(ctx: Context, tx: Tx): Promise<string> {
  const { userId } = ctx.person();
  const [row] = await tx.sql
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.organizationId, ctx.organizationId), eq(memberships.userId, userId)))
    .for('share');
  if (!row || !may(ROLE_PERMISSIONS[row.role], 'launches:approve'))
    throw new AppError('not_allowed', 'Your role no longer allows you to approve. Nothing was approved.');
  return userId;
}

/** @throws not_allowed unless the person had no hand in the plan */
export async function requireSecondPerson(
  ctx: Context,
  tx: Tx,
  launch: LaunchRow,
  request: Approval | null,
  userId: string,
): Promise<void> {
  const correctors = await correctorsOf(ctx, tx, launch.id);
  const fault = secondPersonFault({ plannerId: launch.plannerId, correctors, askedBy: request?.askedBy ?? null }, userId);
  if (fault === 'author')
    throw new AppError(
      'not_allowed',
      'The plan is yours, and above your organization’s threshold somebody else has to approve it. Ask for approval.',
      {
        reason: 'second_person_needed',
      },
    );
  if (fault === 'nobody_known')
    throw new AppError(
      'not_allowed',
      'An API key stored this plan and its maker is not known: one person has to ask for approval, another one to give it.',
      {
        reason: 'second_person_first_asked',
      },
    );
}

/** Writes down a second person's approval: over the request that waits for it, or by itself. Returns the request it answers. */
export async function noteApproval(ctx: Context, tx: Tx, launch: LaunchRow, capMinor: number, userId: string): Promise<Approval | null> {
  const request = await openRequest(ctx, tx, launch.id);
  await requireSecondPerson(ctx, tx, launch, request, userId);
  const now = ctx.now();
  const said = {
    capMinor,
    decision: 'approved',
    decidedBy: userId,
    decidedAt: now,
    expiresAt: new Date(now.getTime() + APPROVAL_MS),
  } as const;
  if (request?.planHash === launch.planHash) {
    await tx.sql
      .update(launchApprovals)
      .set(said)
      .where(and(eq(launchApprovals.id, request.id), eq(launchApprovals.organizationId, ctx.organizationId)));
    return request;
  }
  if (request) await supersede(ctx, tx, request);
  await tx.sql.insert(launchApprovals).values({
    id: ctx.newId('apv'),
    organizationId: ctx.organizationId,
    launchId: launch.id,
    planHash: launch.planHash,
    currency: launch.currency,
    ...said,
  });
  return null;
}

/** A request about a plan that is not the plan any more, or that waited too long. */
export async function supersede(ctx: Context, tx: Tx, request: Approval): Promise<void> {
  await tx.sql
    .update(launchApprovals)
    .set({ decision: 'superseded', decidedAt: ctx.now() })
    .where(and(eq(launchApprovals.id, request.id), eq(launchApprovals.organizationId, ctx.organizationId)));
}

/** At the switch-on: a second person's word, where one is needed, for this very plan and cap, not older than a day. */
export async function requireFreshApproval(ctx: Context, tx: Tx, launch: LaunchRow, limits: readonly SpendLimit[]): Promise<void> {
  if (!needsSecondPerson(limits, launch.currency, launch.capMinor)) return;
  const [given] = await tx.sql
    .select()
    .from(launchApprovals)
    .where(
      and(
        eq(launchApprovals.organizationId, ctx.organizationId),
        eq(launchApprovals.launchId, launch.id),
        eq(launchApprovals.planHash, launch.planHash),
        eq(launchApprovals.decision, 'approved'),
      ),
    )
    .orderBy(desc(launchApprovals.decidedAt))
    .limit(1);
  if (!given || given.capMinor < launch.capMinor)
    throw new AppError(
      'conflict',
      'Above your organization’s threshold a second person has to approve first. Nothing was switched on; ask for approval.',
      {
        reason: 'second_person_needed',
      },
    );
  if (given.expiresAt.getTime() <= ctx.now().getTime())
    throw new AppError(
      'conflict',
      'The approval was given more than 24 hours ago and was not used. Nothing was switched on; ask for it again.',
      {
        reason: 'approval_expired',
      },
    );
}
