import type { ApprovalState } from '#shared/contracts/launches.ts';
import { may } from '#shared/rules/permissions.ts';
import { needsSecondPerson, secondPersonFault } from '#shared/rules/spend-limits.ts';
import type { Actor } from '../../../kernel/context.ts';
import type { LaunchFacts } from '../launch-facts.ts';

/** How far the second person's word has come, and what the reader may do about it. What has expired is not shown as waiting or given. */
export function presentApproval({ launch, limits, approvals, correctors, people }: LaunchFacts, actor: Actor, now: Date): ApprovalState {
  const isSecondNeeded = needsSecondPerson(limits, launch.currency, launch.capMinor);
  const name = (id: string | null) => (id === null ? '—' : (people.get(id) ?? id));
  const waiting = approvals.find((one) => one.decision === null && one.expiresAt > now) ?? null;
  const [newest] = approvals.filter((one) => one.decision !== 'superseded');
  const given = approvals.find((one) => one.decision === 'approved' && one.expiresAt > now && one.capMinor >= launch.capMinor);
  return {
    needsSecondPerson: isSecondNeeded,
    you: you(),
    asked:
      waiting === null || waiting.askedAt === null
        ? null
        : { by: name(waiting.askedBy), at: waiting.askedAt.toISOString(), expiresAt: waiting.expiresAt.toISOString() },
    declined:
      newest?.decision === 'declined' && newest.decidedAt !== null
        ? { by: name(newest.decidedBy), at: newest.decidedAt.toISOString(), reason: newest.reason ?? '' }
        : null,
    isVoid: launch.approvedPlanHash !== null && launch.approvedPlanHash !== launch.planHash,
    approvedUntil: isSecondNeeded ? (given?.expiresAt.toISOString() ?? null) : null,
  };

  function you(): ApprovalState['you'] {
    if (actor.kind !== 'user' || !may(actor.permissions, 'launches:approve')) return 'may_not';
    if (!isSecondNeeded) return 'may';
    return secondPersonFault({ plannerId: launch.plannerId, correctors, askedBy: waiting?.askedBy ?? null }, actor.userId) ?? 'may';
  }
}
