import type { AdAccount } from '#shared/contracts/connections.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import type { PlannedItem } from '#shared/rules/planned-item.ts';
import type { Draft } from '../draft.ts';
import type { MadePlan } from '../make-plan.ts';
import { changeOf } from './plan-change.ts';
import type { PlanOutline } from './plan-outline.ts';
import type { MadePlanHead, PlannerAnswer, PlannerQuestion } from './planner-messages.ts';

/** THREAD: it could not be started, or died. RULES: a fault of ours while planning. OVERTAKEN: the draft changed meanwhile; ask again. */
export type PlannerErrorCode = 'THREAD' | 'RULES' | 'OVERTAKEN';

export class PlannerError extends Error {
  readonly code: PlannerErrorCode;
  constructor(code: PlannerErrorCode, message: string) {
    super(message);
    this.name = 'PlannerError';
    this.code = code;
  }
}

/** What the planner knows of the newest draft. `outline` is of an older one while `busy`. */
export interface PlannerState {
  outline: PlanOutline | null;
  busy: boolean;
  error: PlannerError | null;
  /** Milliseconds the newest outline took on its own thread. */
  tookMs: number | null;
}

export interface Planner {
  /** Tells the planner how the draft is now; only what changed travels. */
  show(draft: Draft, account: AdAccount): void;
  /** @throws PlannerError OVERTAKEN when the draft changes before the answer, THREAD, RULES */
  plan(): Promise<Plan>;
  /** @throws PlannerError OVERTAKEN when the draft changes before the answer, THREAD, RULES */
  made(): Promise<MadePlan>;
  close(): void;
}

/** The part of a Worker that is used here. */
export type PlannerThread = Pick<Worker, 'postMessage' | 'terminate'> & {
  addEventListener(type: 'message', listener: (event: { data: PlannerAnswer }) => void): void;
  addEventListener(type: 'error' | 'messageerror', listener: () => void): void;
};

export function startPlannerThread(): PlannerThread {
  return new Worker(new URL('./planner.worker.ts', import.meta.url), { type: 'module', name: 'planner' });
}

interface Asked {
  type: 'plan' | 'made';
  resolvePlan(plan: Plan): void;
  resolveMade(made: MadePlan): void;
  reject(error: PlannerError): void;
}

/** Plans on a thread of its own, so that a page of thousands of ads never waits for it. */
export function createPlanner(onState: (state: PlannerState) => void, start: () => PlannerThread = startPlannerThread): Planner {
  let state: PlannerState = { outline: null, busy: true, error: null, tookMs: null };
  let shown: { draft: Draft; account: AdAccount } | null = null;
  let revision = 0;
  let asked: Asked[] = [];
  let head: MadePlanHead | null = null;
  let items: PlannedItem[] = [];

  const set = (next: Partial<PlannerState>): void => {
    state = { ...state, ...next };
    onState(state);
  };
  const dismiss = (error: PlannerError): void => {
    const left = asked;
    asked = [];
    head = null;
    items = [];
    for (const one of left) one.reject(error);
  };
  const fail = (error: PlannerError): void => {
    dismiss(error);
    set({ busy: false, error });
  };
  const settle = (type: Asked['type'], give: (one: Asked) => void): void => {
    const served = asked.filter((one) => one.type === type);
    asked = asked.filter((one) => one.type !== type);
    served.forEach(give);
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin to name
  const send = (question: PlannerQuestion): void => thread.postMessage(question);

  const hear = (answer: PlannerAnswer): void => {
    if (answer.revision !== revision) return;
    switch (answer.type) {
      case 'outline':
        set({ outline: answer.outline, busy: false, error: null, tookMs: answer.tookMs });
        // Asked while the plan was not made yet.
        for (const type of new Set(asked.map((one) => one.type))) send({ type, revision });
        return;
      case 'plan':
        settle('plan', (one) => one.resolvePlan(answer.plan));
        return;
      case 'made-begin':
        head = answer.made;
        items = [];
        return;
      case 'made-items': {
        items.push(...answer.items);
        if (!answer.last || head === null) return;
        const made: MadePlan = { ...head, expanded: { ...head.expanded, items } };
        head = null;
        items = [];
        settle('made', (one) => one.resolveMade(made));
        return;
      }
      case 'failed':
        fail(new PlannerError('RULES', `${answer.error.name}: ${answer.error.message}`));
    }
  };

  const thread = start();
  thread.addEventListener('message', ({ data }) => hear(data));
  const lost = () => fail(new PlannerError('THREAD', 'The thread that plans has stopped.'));
  thread.addEventListener('error', lost);
  thread.addEventListener('messageerror', lost);

  const ask = (type: Asked['type'], resolve: Pick<Asked, 'resolvePlan' | 'resolveMade'>, reject: Asked['reject']): void => {
    if (state.error !== null) {
      reject(state.error);
      return;
    }
    const alreadyAsked = asked.some((one) => one.type === type);
    asked.push({ type, ...resolve, reject });
    if (!state.busy && !alreadyAsked) send({ type, revision });
  };
  const never = (): void => {};

  return {
    show(draft, account) {
      const change = changeOf(shown, draft, account);
      shown = { draft, account };
      if (change === null) return;
      revision += 1;
      dismiss(new PlannerError('OVERTAKEN', 'The draft changed before its plan was asked for.'));
      send({ type: 'change', revision, change });
      set({ busy: true, error: state.error?.code === 'THREAD' ? state.error : null });
    },
    plan: () => new Promise((resolve, reject) => ask('plan', { resolvePlan: resolve, resolveMade: never }, reject)),
    made: () => new Promise((resolve, reject) => ask('made', { resolvePlan: never, resolveMade: resolve }, reject)),
    close() {
      dismiss(new PlannerError('OVERTAKEN', 'The builder was closed.'));
      thread.terminate();
    },
  };
}
