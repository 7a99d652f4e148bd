import { emptyMemory, type MadePlan } from '../make-plan.ts';
import { applyChange, type Planned } from './plan-change.ts';
import { outlinePlan } from './plan-outline.ts';
import type { PlannerAnswer, PlannerQuestion } from './planner-messages.ts';

/** Items of one message: few enough that taking them in is no long task for the page. */
const SLICE = 400;

export interface PlannerDesk {
  take(question: PlannerQuestion): void;
}

interface Outside {
  say(answer: PlannerAnswer): void;
  /** Runs work after the messages that already wait: of several changes only the last is worked out. */
  later(work: () => void): void;
  now(): number;
  clock(): number;
}

/** The planner without the thread it runs in: holds the draft, works out the newest change, answers about the newest plan. */
export function createPlannerDesk({ say, later, now, clock }: Outside): PlannerDesk {
  const memory = emptyMemory();
  let planned: Planned | null = null;
  let made: MadePlan | null = null;
  let revision = 0;
  let waiting = false;

  const work = (): void => {
    waiting = false;
    if (planned === null) return;
    try {
      const began = clock();
      const found = outlinePlan(planned, planned.account, now(), memory);
      made = found.made;
      say({ type: 'outline', revision, outline: found.outline, tookMs: clock() - began });
    } catch (cause) {
      say(failure(revision, cause));
    }
  };

  return {
    take(question) {
      if (question.type === 'change') {
        ({ revision } = question);
        made = null;
        try {
          planned = applyChange(planned, question.change);
        } catch (cause) {
          say(failure(revision, cause));
          return;
        }
        if (waiting) return;
        waiting = true;
        later(work);
        return;
      }
      if (question.revision !== revision || made === null) return;
      if (question.type === 'plan') say({ type: 'plan', revision, plan: made.plan });
      else for (const answer of slices(revision, made)) say(answer);
    },
  };
}

function* slices(revision: number, { expanded, ...whole }: MadePlan): Generator<PlannerAnswer> {
  const { items, ...rest } = expanded;
  yield { type: 'made-begin', revision, made: { ...whole, expanded: rest } };
  for (let from = 0; from === 0 || from < items.length; from += SLICE)
    yield { type: 'made-items', revision, items: items.slice(from, from + SLICE), last: from + SLICE >= items.length };
}

function failure(revision: number, cause: unknown): PlannerAnswer {
  const error = cause instanceof Error ? { name: cause.name, message: cause.message } : { name: 'Error', message: String(cause) };
  return { type: 'failed', revision, error };
}
