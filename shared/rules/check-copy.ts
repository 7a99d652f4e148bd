import { adShape } from './ad-shape.ts';
import type { TextField } from './ad-platforms/platform-rules.ts';
import { checkButton } from './check-goals.ts';
import type { Plan, PlanCopySet } from './launch-plan.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';
import { checkText, showsText } from './text-limits.ts';
import { addsTwice, linkFault } from './utm.ts';

/** One text set: what is missing, what is too long for the platform, and where it leads. */
export function checkCopy(plan: Plan, copy: PlanCopySet): PlanProblem[] {
  const path = `copySets.${copy.conceptKey === null ? '' : `${copy.conceptKey}/`}${copy.key}`;
  const found: PlanProblem[] = [];
  const shape = adShape(plan);
  const placements = shape === null ? undefined : [shape.placement];
  for (const field of ['headline', 'primaryText', 'description'] as const satisfies TextField[]) {
    const text = copy[field];
    if (text.trim() === '' && field !== 'description' && showsText(plan.platform, field))
      found.push(planError(`${path}.${field}`, 'REQUIRED', `${path} has no ${FIELD_WORDS[field]}.`, `Write a ${FIELD_WORDS[field]}.`));
    for (const finding of checkText(plan.platform, field, text, placements)) {
      const params = { length: finding.length, limit: finding.limit, field };
      if (finding.severity === 'error')
        found.push(
          planError(
            `${path}.${field}`,
            'TEXT_TOO_LONG',
            `The ${FIELD_WORDS[field]} has ${finding.length} characters; at most ${finding.limit} are accepted.`,
            `Shorten it by ${finding.length - finding.limit}.`,
            params,
          ),
        );
      else
        found.push(
          planWarning(
            `${path}.${field}`,
            'TEXT_CUT',
            `The ${FIELD_WORDS[field]} has ${finding.length} characters; readers see about ${finding.limit}: "${finding.preview}…".`,
            'Put what matters first, or shorten it.',
            params,
          ),
        );
    }
  }
  if (copy.callToAction !== null) found.push(...checkButton(copy.callToAction, plan.platform, `${path}.callToAction`));
  if (copy.link !== null) found.push(...checkLink(plan, `${path}.link`, copy.link));
  else if (plan.settings.linkUrl === null && plan.settings.leadFormId === null)
    found.push(planError(`${path}.link`, 'REQUIRED', `${path} has no link.`, 'Write a link, or set one for all ads.'));
  return found;
}

const FIELD_WORDS = { headline: 'headline', primaryText: 'primary text', description: 'description' } as const;

/** An address that can be sent, and that carries no parameter a second time. */
export function checkLink(plan: Plan, path: string, link: string): PlanProblem[] {
  const fault = linkFault(link);
  if (fault !== null)
    return [
      planError(path, fault, `"${link}" cannot be used as a link.`, 'Write a full address that starts with https://.', { value: link }),
    ];
  const twice = addsTwice(link, plan.settings.utm);
  return twice.length === 0
    ? []
    : [
        planError(
          path,
          'DUPLICATE_KEY',
          `The link already carries ${twice.join(', ')}.`,
          'Remove it from the link or from the link parameters.',
          { keys: twice.join(', ') },
        ),
      ];
}
