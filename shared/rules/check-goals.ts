import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import type { BidWords, CallToAction } from './ad-platforms/platform-rules.ts';
import type { Plan } from './launch-plan.ts';
import { planError } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';

/** What the ads are for, in words the platform has, with what each goal counts by; over the settings and every ad set. */
export function checkGoals({ platform, settings, adSets }: Plan): PlanProblem[] {
  const rules = platformRules(platform);
  const found: PlanProblem[] = [];
  const asked = new Set([settings.optimizationGoal, ...adSets.flatMap((entry) => entry.optimizationGoal ?? [])]);
  const goals = [...asked].flatMap((word) => {
    const known = rules.goals.filter((one) => one.objective === settings.objective && one.optimizationGoal === word);
    if (known.length > 0) return known;
    const params = { objective: settings.objective, goal: word };
    const message = `${rules.label} has no goal ${word} under ${settings.objective}.`;
    found.push(planError('settings.optimizationGoal', 'BAD_GOAL', message, 'Choose what the ads are for from the list.', params));
    return [];
  });
  const ask = (what: 'leadForm' | 'pixel', field: 'leadFormId' | 'pixelId', code: string, message: string, fix: string) => {
    const value = settings[field];
    if (value === null) {
      if (goals.some((goal) => goal.needs.includes(what))) found.push(planError(`settings.${field}`, code, message, fix));
    } else if (!rules.ids[what]?.test(value)) found.push(badId(`settings.${field}`, value));
  };
  ask('leadForm', 'leadFormId', 'NO_LEAD_FORM', 'The goal is leads by form, and no form is named.', 'Write the id of a form of the page.');
  ask(
    'pixel',
    'pixelId',
    'NO_PIXEL',
    'The goal is sales on the website, and no pixel is named to count them.',
    'Write the id of a pixel of the ad account.',
  );
  return [...found, ...checkBid(settings, asked, rules.bidStrategies, rules.label), ...checkButton(settings.callToAction, platform)];
}

const badId = (path: string, value: string): PlanProblem =>
  planError(path, 'BAD_ID', `"${value}" is not an id.`, 'Copy the id as the platform writes it.', { value });

function checkBid(
  { bidStrategy, bidMinor }: Plan['settings'],
  goals: ReadonlySet<string>,
  known: readonly BidWords[],
  label: string,
): PlanProblem[] {
  const bid = known.find((one) => one.word === bidStrategy);
  if (!bid)
    return [
      planError('settings.bidStrategy', 'BAD_BID', `${label} has no bid strategy ${bidStrategy}.`, 'Choose one from the list.', {
        value: bidStrategy,
      }),
    ];
  const without = [...goals].filter((goal) => bid.goals?.includes(goal) === false);
  if (without.length > 0)
    return without.map((goal) =>
      planError('settings.bidStrategy', 'BAD_BID', `${label} has no bid strategy ${bidStrategy} for ${goal}.`, 'Choose another one.', {
        value: bidStrategy,
        goal,
      }),
    );
  if (bid.needsAmount && bidMinor === null)
    return [planError('settings.bidMinor', 'NO_BID', 'This bid strategy needs an amount.', 'Write the most a result may cost.')];
  return [];
}

/** A button the platform does not have cannot be shown. */
export function checkButton(word: CallToAction, platform: AdPlatformId, path = 'settings.callToAction'): PlanProblem[] {
  const rules = platformRules(platform);
  if (rules.callsToAction[word] !== undefined) return [];
  const known = Object.keys(rules.callsToAction).map((one) => one.toLowerCase().replaceAll('_', ' '));
  return [
    planError(
      path,
      'BAD_CTA',
      `${rules.label} has no button "${word.toLowerCase().replaceAll('_', ' ')}".`,
      `Use one of: ${known.join(', ')}.`,
      {
        value: word,
      },
    ),
  ];
}
