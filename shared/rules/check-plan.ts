import { platformRules } from './ad-platforms/index.ts';
import { checkAdShape } from './check-ad-shape.ts';
import { checkCopy, checkLink } from './check-copy.ts';
import { checkForPlatform } from './check-for-platform.ts';
import { checkGoals } from './check-goals.ts';
import { isCountry } from './countries.ts';
import { isTimezone } from './day-of.ts';
import { isKey } from './keys.ts';
import { EXPAND_MODES, type Plan } from './launch-plan.ts';
import { isCurrency } from './money.ts';
import { zipLengths } from './normalise-plan.ts';
import { planError, planWarning } from './plan-problem.ts';
import type { PlanProblem } from './planned-item.ts';
import { checkUtm } from './utm.ts';

/**
 * Everything about a plan that can be checked without the platform and without expanding it: the "locally checked" level of a dry
 * run. All findings at once. Paths are "settings.linkUrl", "adSets.c1/s1.dailyBudgetMinor" and so on.
 */
export function checkPlan(plan: Plan): PlanProblem[] {
  return [
    ...checkSettings(plan),
    ...checkGoals(plan),
    ...checkForPlatform(plan),
    ...checkKeys(plan),
    ...checkBudgets(plan),
    ...checkReferences(plan),
    ...checkMode(plan),
    ...plan.copySets.flatMap((copy) => checkCopy(plan, copy)),
    ...checkAdShape(plan),
  ];
}

const AGE_MIN = 13;
const AGE_MAX = 65;

function checkSettings(plan: Plan): PlanProblem[] {
  const { settings } = plan;
  const found: PlanProblem[] = [];
  const refuse = (field: string, code: string, message: string, fix: string, params: PlanProblem['params'] = {}) =>
    found.push(planError(`settings.${field}`, code, message, fix, params));
  if (plan.name.trim() === '') found.push(planError('name', 'REQUIRED', 'The launch has no name.', 'Give it a name.'));
  if (!isCurrency(settings.currency))
    refuse('currency', 'BAD_CURRENCY', `"${settings.currency}" is not a currency.`, 'Use the currency of the ad account.', {
      value: settings.currency,
    });
  if (!isTimezone(settings.timezone))
    refuse('timezone', 'BAD_TIMEZONE', `"${settings.timezone}" is not a timezone.`, 'Use the timezone of the ad account.', {
      value: settings.timezone,
    });
  const { identity } = platformRules(plan.platform).ids;
  if (identity !== null && !identity.test(settings.pageId))
    refuse('pageId', 'REQUIRED', 'No page is chosen.', 'Choose the page the ads speak for.');
  if (settings.startTime !== null && Number.isNaN(Date.parse(settings.startTime)))
    refuse('startTime', 'BAD_TIME', 'The start time cannot be read.', 'Write it as an ISO date and time.', { value: settings.startTime });
  found.push(...checkCountries('settings.countries', settings.countries), ...checkAges('settings', settings.ageMin, settings.ageMax));
  if (settings.linkUrl !== null) found.push(...checkLink(plan, 'settings.linkUrl', settings.linkUrl));
  for (const finding of checkUtm(settings.utm, plan.platform)) {
    const address = `settings.utm.${finding.key}`;
    const params = { key: finding.key, value: finding.value };
    if (finding.code === 'NO_IDS')
      found.push(
        planWarning(
          'settings.utm',
          'UTM_WITHOUT_IDS',
          'No link parameter carries the ad id, so clicks cannot be matched to ads.',
          `Add a parameter with ${finding.value}.`,
          params,
        ),
      );
    else
      found.push(
        planError(
          address,
          finding.code,
          `Link parameter ${finding.key}: ${finding.value} is not allowed here.`,
          'Use each key once, with letters and digits, and only known tokens.',
          params,
        ),
      );
  }
  for (const [feature, on] of Object.entries(settings.enhancements)) {
    if (on)
      found.push(
        planWarning(
          `settings.enhancements.${feature}`,
          'ENHANCEMENT_ON',
          `The platform may change your ads: ${feature} is on.`,
          'Switch it off to publish exactly what you see.',
          { feature },
        ),
      );
  }
  return found;
}

function checkKeys(plan: Plan): PlanProblem[] {
  const found: PlanProblem[] = [];
  const axis = (name: string, entries: { id: string; keys: string[] }[]) => {
    const seen = new Set<string>();
    for (const { id, keys } of entries) {
      for (const key of keys.filter((entry) => !isKey(entry)))
        found.push(
          planError(`${name}.${id}`, 'BAD_KEY', `"${key}" cannot be used as a key.`, 'Use letters and digits joined by single dashes.', {
            key,
          }),
        );
      if (seen.has(id))
        found.push(planError(`${name}.${id}`, 'DUPLICATE_KEY', `${id} is there twice.`, 'Rename one of them.', { key: id }));
      seen.add(id);
    }
  };
  axis(
    'campaigns',
    plan.campaigns.map((entry) => ({ id: entry.key, keys: [entry.key] })),
  );
  axis(
    'adSets',
    plan.adSets.map((entry) => ({ id: `${entry.campaignKey ?? '*'}/${entry.key}`, keys: entry.key.split('~') })),
  );
  axis(
    'concepts',
    plan.concepts.map((entry) => ({ id: entry.key, keys: [entry.key] })),
  );
  axis(
    'copySets',
    plan.copySets.map((entry) => ({ id: `${entry.conceptKey ?? '*'}/${entry.key}`, keys: [entry.key] })),
  );
  axis(
    'media',
    plan.media.map((entry) => ({
      id: `${entry.conceptKey}/${entry.variantKey}/${entry.mediaKey}`,
      keys: [entry.mediaKey, entry.variantKey],
    })),
  );
  return found;
}

function checkBudgets(plan: Plan): PlanProblem[] {
  const budgets = [
    { path: 'settings.dailyBudgetMinor', value: plan.settings.dailyBudgetMinor },
    ...plan.campaigns.map((entry) => ({ path: `campaigns.${entry.key}.dailyBudgetMinor`, value: entry.dailyBudgetMinor })),
    ...plan.adSets.map((entry) => ({ path: `adSets.${entry.key}.dailyBudgetMinor`, value: entry.dailyBudgetMinor })),
  ];
  return budgets
    .filter(({ value }) => value !== null && !(Number.isSafeInteger(value) && value > 0))
    .map(({ path, value }) =>
      planError(path, 'BAD_BUDGET', 'A daily budget must be a positive amount.', 'Write an amount above zero.', { value: String(value) }),
    );
}

function checkReferences(plan: Plan): PlanProblem[] {
  const campaigns = new Set(plan.campaigns.map((entry) => entry.key));
  const concepts = new Set(plan.concepts.map((entry) => entry.key));
  const adSets = new Set(plan.adSets.map((entry) => `${entry.campaignKey ?? '*'}/${entry.key}`));
  const withText = new Set(plan.copySets.map((entry) => entry.conceptKey));
  const missing = (path: string, key: string) =>
    planError(path, 'UNKNOWN_REFERENCE', `${path} points to "${key}", which is not in the plan.`, 'Add it, or choose another one.', {
      key,
    });
  return [
    ...plan.adSets.flatMap((entry) => [
      ...(entry.campaignKey !== null && !campaigns.has(entry.campaignKey) ? [missing(`adSets.${entry.key}`, entry.campaignKey)] : []),
      ...(entry.countries === null ? [] : checkCountries(`adSets.${entry.key}.countries`, entry.countries)),
      ...checkAges(`adSets.${entry.key}`, entry.ageMin, entry.ageMax),
    ]),
    ...plan.copySets
      .filter((entry) => entry.conceptKey !== null && !concepts.has(entry.conceptKey))
      .map((entry) => missing(`copySets.${entry.key}`, entry.conceptKey as string)),
    ...plan.concepts
      .filter((entry) => !withText.has(null) && !withText.has(entry.key))
      .map((entry) =>
        planError(
          `concepts.${entry.key}`,
          'CONCEPT_WITHOUT_TEXT',
          `Concept ${entry.key} has no text.`,
          'Add a headline and a primary text.',
          { concept: entry.key },
        ),
      ),
    ...plan.rows.flatMap((row) => [
      ...(campaigns.has(row.campaignKey) && (adSets.has(`*/${row.adSetKey}`) || adSets.has(`${row.campaignKey}/${row.adSetKey}`))
        ? []
        : [missing('rows', `${row.campaignKey}/${row.adSetKey}`)]),
      ...(concepts.has(row.conceptKey) ? [] : [missing('rows', row.conceptKey)]),
    ]),
  ];
}

function checkMode(plan: Plan): PlanProblem[] {
  const found: PlanProblem[] = [];
  if (!EXPAND_MODES.includes(plan.mode))
    found.push(
      planError('mode', 'BAD_MODE', `"${plan.mode}" is not a way to combine.`, `Use one of ${EXPAND_MODES.join(', ')}.`, {
        value: plan.mode,
      }),
    );
  if (plan.mode === 'n-per-ad-set' && !(plan.n !== null && Number.isInteger(plan.n) && plan.n > 0)) {
    found.push(planError('n', 'BAD_N', 'The number of concepts per ad set is missing.', 'Write a whole number above zero.'));
  }
  if (plan.mode === 'zip' && plan.rows.length === 0) {
    const lengths = Object.entries(zipLengths(plan));
    const longest = Math.max(...lengths.map(([, length]) => length));
    const off = lengths.filter(([, length]) => length !== longest && length !== 1);
    if (off.length > 0) {
      const params = Object.fromEntries(lengths);
      found.push(
        planError(
          'mode',
          'ZIP_LENGTHS',
          `Pairing row by row needs lists of equal length: ${lengths.map(([axis, length]) => `${axis} ${length}`).join(', ')}.`,
          'Make the lists equally long, or combine all with all.',
          params,
        ),
      );
    }
  }
  return found;
}

function checkCountries(path: string, countries: readonly string[]): PlanProblem[] {
  if (countries.length === 0) return [planError(path, 'REQUIRED', 'No country is chosen.', 'Add at least one country, such as FR.')];
  return countries
    .filter((code) => !isCountry(code))
    .map((code) =>
      planError(path, 'BAD_COUNTRY', `"${code}" is not a country code.`, 'Use two letters, such as FR, MA or US.', { value: code }),
    );
}

function checkAges(path: string, min: number | null, max: number | null): PlanProblem[] {
  const bad = (age: number | null) => age !== null && !(Number.isInteger(age) && age >= AGE_MIN && age <= AGE_MAX);
  if (bad(min) || bad(max))
    return [
      planError(`${path}.age`, 'BAD_AGE', `Ages must be whole numbers from ${AGE_MIN} to ${AGE_MAX}.`, `Use ${AGE_MIN} to ${AGE_MAX}.`, {
        min: AGE_MIN,
        max: AGE_MAX,
      }),
    ];
  if (min !== null && max !== null && min > max)
    return [planError(`${path}.age`, 'BAD_AGE', 'The youngest age is above the oldest.', 'Swap them.', { min, max })];
  return [];
}
