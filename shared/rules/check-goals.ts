import { platformRules, type AdPlatformId } from './ad-platforms/index.ts';
import type { BidWords, CallToAction, GoalWords, PlatformRules } from './ad-platforms/platform-rules.ts';
import type { Plan, PlanAdSet } from './launch-plan.ts';
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
  const ask = (
    what: 'leadForm' | 'pixel' | 'logo',
    field: 'leadFormId' | 'pixelId' | 'logoId',
    code: string,
    message: string,
    fix: string,
  ) => {
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
  ask(
    'logo',
    'logoId',
    'NO_LOGO',
    'These ads show the advertiser’s logo, and none is named.',
    'Write the id of a square logo in the account’s library.',
  );
  if (settings.keywords.length === 0 && goals.some((goal) => goal.needs.includes('keywords')))
    found.push(
      planError(
        'settings.keywords',
        'NO_KEYWORDS',
        'These ads are shown beside search results, and no search word is named.',
        'Write at least one.',
      ),
    );
  const bids = rules.bidStrategies.filter(({ bid }) => goals.every((goal) => goal.bids === undefined || goal.bids.includes(bid)));
  return [
    ...found,
    ...checkKeywords(settings.keywords, rules.keywords),
    ...adSets.flatMap((entry) => checkOwnWords(entry, settings.optimizationGoal, goals)),
    ...checkBid(settings, asked, bids, rules.label),
    ...checkButton(settings.callToAction, platform),
  ];
}

/** What the campaign decides for all its ad sets cannot be another for one of them. */
function checkOwnWords(adSet: PlanAdSet, goalOfAll: string, goals: readonly GoalWords[]): PlanProblem[] {
  const decides = (what: 'optimizationGoal' | 'countries') => goals.some((goal) => goal.ofCampaign?.includes(what));
  const refuse = (field: string) =>
    planError(
      `adSets.${adSet.key}.${field}`,
      'OF_CAMPAIGN',
      `Ad set ${adSet.key} cannot have ${field === 'countries' ? 'countries' : 'a goal'} of its own here: the campaign decides.`,
      'Leave it out, or make another launch for it.',
      { adSet: adSet.key, field },
    );
  return [
    ...(decides('countries') && adSet.countries !== null ? [refuse('countries')] : []),
    ...(decides('optimizationGoal') && adSet.optimizationGoal !== null && adSet.optimizationGoal !== goalOfAll
      ? [refuse('optimizationGoal')]
      : []),
  ];
}

function checkKeywords(keywords: readonly string[], limits: PlatformRules['keywords']): PlanProblem[] {
  if (!limits) return [];
  return keywords
    .filter((one) => {
      const words = one.replace(/^["[]|["\]]$/g, '').trim();
      return words === '' || words.length > limits.maxLength || words.split(/\s+/).length > limits.maxWords || limits.forbidden.test(words);
    })
    .map((one) =>
      planError(
        'settings.keywords',
        'BAD_KEYWORD',
        `"${one}" cannot be used as a search word.`,
        `Use at most ${limits.maxWords} words and ${limits.maxLength} characters, without signs.`,
        { value: one },
      ),
    );
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
