import { useEffect, useRef, useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import type { Plan } from '#shared/rules/launch-plan.ts';
import type { Draft } from '../draft.ts';
import type { MadePlan } from '../make-plan.ts';
import { createPlanner, PlannerError, type Planner, type PlannerState } from './planner.ts';

export interface PlannerView extends PlannerState {
  /** The plan as it is sent. @throws PlannerError */
  plan(): Promise<Plan>;
  /** @throws PlannerError */
  made(): Promise<MadePlan>;
  /** Starts another thread after the last one was lost. */
  restart(): void;
}

const NOTHING_YET: PlannerState = { outline: null, busy: true, error: null, tookMs: null };

/** The draft, planned beside the page: follows every change, forgets what newer changes overtook. */
export function usePlanner(draft: Draft, account: AdAccount): PlannerView {
  const [state, setState] = useState(NOTHING_YET);
  const [turn, setTurn] = useState(0);
  const planner = useRef<Planner | null>(null);
  useEffect(() => {
    const made = createPlanner(setState);
    planner.current = made;
    made.show(draft, account);
    return () => {
      planner.current = null;
      made.close();
    };
  }, [turn]);
  useEffect(() => planner.current?.show(draft, account), [draft, account]);
  const asked = (): Planner => {
    if (planner.current === null) throw new PlannerError('THREAD', 'The builder is closed.');
    return planner.current;
  };
  return {
    ...state,
    plan: async () => asked().plan(),
    made: async () => asked().made(),
    restart: () => {
      setState(NOTHING_YET);
      setTurn((n) => n + 1);
    },
  };
}

/** The whole plan while `wanted`, asked for again after every change; null until it is here. */
export function useMadePlan({ made, busy, outline, error }: PlannerView, wanted: boolean): MadePlan | null {
  const [now, setNow] = useState<{ of: unknown; made: MadePlan } | null>(null);
  const ready = wanted && !busy && error === null;
  useEffect(() => {
    if (!ready) return undefined;
    let left = false;
    made().then(
      (found) => {
        if (!left) setNow({ of: outline, made: found });
      },
      (cause: unknown) => {
        // Overtaken: the next outline asks again. Anything else is in the planner's own state already.
        if (!(cause instanceof PlannerError)) throw cause;
      },
    );
    return () => {
      left = true;
    };
  }, [ready, outline]);
  return ready && now?.of === outline ? now.made : null;
}
