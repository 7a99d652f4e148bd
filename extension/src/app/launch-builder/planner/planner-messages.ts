import type { Plan } from '#shared/rules/launch-plan.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import type { MadePlan } from '../make-plan.ts';
import type { PlanChange } from './plan-change.ts';
import type { PlanOutline } from './plan-outline.ts';

/** What the page asks of the planner. Revisions grow by one with each change; an answer says which one it is of. */
export type PlannerQuestion =
  | { type: 'change'; revision: number; change: PlanChange }
  /** The plan as it is sent to the service. */
  | { type: 'plan'; revision: number }
  /** Plan, items and findings; the items come in slices. */
  | { type: 'made'; revision: number };

/** What the planner answers. Of a revision that newer changes overtook nothing is said. */
export type PlannerAnswer =
  | { type: 'outline'; revision: number; outline: PlanOutline; /** Milliseconds of expanding and checking. */ tookMs: number }
  | { type: 'plan'; revision: number; plan: Plan }
  | { type: 'made-begin'; revision: number; made: MadePlanHead }
  | { type: 'made-items'; revision: number; items: PlannedItem[]; last: boolean }
  | { type: 'failed'; revision: number; error: { name: string; message: string } };

/** All of a made plan but its items. */
export type MadePlanHead = Omit<MadePlan, 'expanded'> & { expanded: Omit<MadePlan['expanded'], 'items'> };
