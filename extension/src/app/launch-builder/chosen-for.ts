import { platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import {
  CALLS_TO_ACTION,
  GOALS,
  type BidWords,
  type CallToAction,
  type Goal,
  type GoalWords,
} from '#shared/rules/ad-platforms/platform-rules.ts';
import type { DraftSettings } from './draft.ts';

/** What a draft chooses on one platform, each beside what there was to choose from. */
export interface Chosen {
  goals: readonly Goal[];
  goal: GoalWords;
  /** The platform's words for kinds of campaign that serve the goal. */
  objectives: readonly string[];
  /** What such campaigns can be optimised for. */
  measures: readonly GoalWords[];
  bids: readonly BidWords[];
  bid: BidWords;
  budgetLevels: readonly DraftSettings['budgetLevel'][];
  budgetLevel: DraftSettings['budgetLevel'];
  callsToAction: readonly CallToAction[];
  callToAction: CallToAction;
  /** Ads without files. */
  wordsOnly: boolean;
}

/**
 * A choice this platform does not have, made for another one, gives way to this one's first. The screen shows and the plan sends what is
 * decided here, so that nothing goes out that was not seen.
 */
export function chosenFor(platform: AdPlatformId, typed: DraftSettings): Chosen {
  const rules = platformRules(platform);
  const goals = GOALS.filter((goal) => rules.goals.some((one) => one.goal === goal));
  const served = ofFirst(rules.goals, (one) => one.goal, typed.goal);
  const measures = ofFirst(served, (one) => one.objective, typed.objective);
  const goal = measures.find((one) => one.optimizationGoal === typed.optimizationGoal) ?? first(measures);
  const bids = rules.bidStrategies.filter(
    (one) => (goal.bids?.includes(one.bid) ?? true) && (one.goals?.includes(goal.optimizationGoal) ?? true),
  );
  const callsToAction = CALLS_TO_ACTION.filter((word) => rules.callsToAction[word] !== undefined);
  return {
    goals,
    goal,
    objectives: [...new Set(served.map((one) => one.objective))],
    measures,
    bids,
    bid: bids.find((one) => one.bid === typed.bid) ?? first(bids),
    budgetLevels: rules.budgetLevels,
    budgetLevel: rules.budgetLevels.includes(typed.budgetLevel) ? typed.budgetLevel : first(rules.budgetLevels),
    callsToAction,
    callToAction: callsToAction.includes(typed.callToAction) ? typed.callToAction : first(callsToAction),
    wordsOnly: goal.ads?.pictures.length === 0,
  };
}

/** The entries of the wished group, or of the first one. */
function ofFirst<T>(list: readonly T[], groupOf: (entry: T) => string, wished: string): readonly T[] {
  const own = list.filter((entry) => groupOf(entry) === wished);
  return own.length > 0 ? own : list.filter((entry) => groupOf(entry) === groupOf(first(list)));
}

function first<T>(list: readonly T[]): T {
  const [one] = list;
  if (one === undefined) throw new Error('A platform has at least one of everything a plan chooses.');
  return one;
}
